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
import { useCountedSize } from './use-counted-size.ts';

export function CopyLinks({ search }: { readonly search: Search }) {
  const [message, setMessage] = useState('');
  const findCountedSize = useCountedSize();
  // The browser allows copying only while the click is handled, so it gets the text as a promise.
  const copy = async (linked: Promise<Search>) => {
    const text = linked.then(
      (of) => new Blob([window.location.origin + encodePage({ search: of })], { type: 'text/plain' }),
    );
    try {
      await navigator.clipboard.write([new ClipboardItem({ 'text/plain': text })]);
      setMessage('Copied');
    } catch {
      setMessage('The browser blocked copying');
    }
  };
  const freeze = async () => {
    const frozen = freezeSearch(search, serverClock.now());
    return { ...frozen, asOf: await findCountedSize(frozen) };
  };
  return (
    <section aria-label="Link to the current search">
      <SpaceBetween size="xs">
        <Header variant="h3" description="A link with frozen times always shows the entries that exist now.">
          Link to the current search
        </Header>
        <SpaceBetween size="s" direction="horizontal" alignItems="center">
          <Button iconName="copy" onClick={() => void copy(Promise.resolve(search))}>
            Copy link
          </Button>
          <Button iconName="lock-private" onClick={() => void copy(freeze())}>
            Copy link with frozen times
          </Button>
          <LiveRegion>{message}</LiveRegion>
        </SpaceBetween>
      </SpaceBetween>
    </section>
  );
}
