// To take the entry along: its id, a link to it, the whole of it as JSON.
import ButtonDropdown from '@cloudscape-design/components/button-dropdown';
import LiveRegion from '@cloudscape-design/components/live-region';
import { useEffect, useState } from 'react';
import type { Entry } from '../../../client/client.ts';

type Part = 'id' | 'link' | 'json';

const parts: Readonly<Record<Part, { readonly label: string; readonly read: (entry: Entry) => string }>> = {
  id: { label: 'id', read: ({ id }) => id },
  link: { label: 'link', read: ({ id }) => `${window.location.origin}/entries/${id}` },
  json: { label: 'JSON', read: (entry) => JSON.stringify(entry, null, 2) },
};

/** How long the button says what happened. */
const tellMillis = 3000;

export function CopyMenu({ entry }: { readonly entry: Entry }) {
  const [told, setTold] = useState('');
  useEffect(() => {
    if (told === '') return;
    const timer = setTimeout(() => setTold(''), tellMillis);
    return () => clearTimeout(timer);
  }, [told]);
  const copy = async (part: Part) => {
    const { label, read } = parts[part];
    try {
      await navigator.clipboard.writeText(read(entry));
      setTold(`Copied the ${label}`);
    } catch {
      setTold('The browser did not allow it');
    }
  };
  return (
    <>
      <ButtonDropdown
        items={Object.entries(parts).map(([id, { label }]) => ({ id, text: `Copy ${label}` }))}
        onItemClick={({ detail }) => void copy(detail.id as Part)}
      >
        {told === '' ? 'Copy' : told}
      </ButtonDropdown>
      <LiveRegion hidden>{told}</LiveRegion>
    </>
  );
}
