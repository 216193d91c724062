// Menu to copy the entry's ID, its link, or its JSON.
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import LiveRegion from '@cloudscape-design/components/live-region';
import { useEffect, useState } from 'react';
import type { Entry } from '../../../client/client.ts';

type Part = 'id' | 'link' | 'json';

const parts: Readonly<Record<Part, { readonly label: string; readonly read: (entry: Entry) => string }>> = {
  id: { label: 'ID', read: ({ id }) => id },
  link: { label: 'link', read: ({ id }) => `${window.location.origin}/entries/${id}` },
  json: { label: 'JSON', read: (entry) => JSON.stringify(entry, null, 2) },
};

/** How long the button shows the result. */
const messageMillis = 3000;

export function CopyMenu({ entry }: { readonly entry: Entry }) {
  const [message, setMessage] = useState('');
  useEffect(() => {
    if (message === '') return;
    const timer = setTimeout(() => setMessage(''), messageMillis);
    return () => clearTimeout(timer);
  }, [message]);
  const copy = async (part: Part) => {
    const { label, read } = parts[part];
    try {
      await navigator.clipboard.writeText(read(entry));
      setMessage(`Copied ${label}`);
    } catch {
      setMessage('The browser blocked copying');
    }
  };
  return (
    <>
      <ButtonDropdown
        items={Object.entries(parts).map(([id, { label }]) => ({ id, text: `Copy ${label}` }))}
        onItemClick={({ detail }) => void copy(detail.id as Part)}
      >
        {message === '' ? 'Copy' : message}
      </ButtonDropdown>
      <LiveRegion hidden>{message}</LiveRegion>
    </>
  );
}
