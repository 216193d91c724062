// Copies links to the current search, with relative times or with frozen ones.
import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { encodePage } from '../location/page-state.ts';
import { serverClock } from '../network/use-server-clock.ts';
import type { Search } from '../search/search.ts';
import { freezeSearch } from './freeze-search.ts';

export function CopyLinks({ search }: { readonly search: Search }) {
  const [message, setMessage] = useState('');
  const copy = async (linked: Search) => {
    try {
      await navigator.clipboard.writeText(window.location.origin + encodePage({ search: linked }));
      setMessage('Copied');
    } catch {
      setMessage('The browser blocked copying');
    }
  };
  return (
    <section aria-label="Link to the current search">
      <SpaceBetween size="xs">
        <Header variant="h3" description="A link with frozen times always shows the entries that exist now.">
          Link to the current search
        </Header>
        <SpaceBetween size="s" direction="horizontal" alignItems="center">
          <Button iconName="copy" onClick={() => void copy(search)}>
            Copy link
          </Button>
          <Button iconName="lock-private" onClick={() => void copy(freezeSearch(search, serverClock.now()))}>
            Copy link with frozen times
          </Button>
          <LiveRegion>{message}</LiveRegion>
        </SpaceBetween>
      </SpaceBetween>
    </section>
  );
}
