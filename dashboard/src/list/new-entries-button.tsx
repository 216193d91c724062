// Announces new entries, and adds them to the list when clicked.
import Button from '@cloudscape-design/components/button';
import LiveRegion from '@cloudscape-design/components/live-region';
import { describeNewEntries } from './new-entries.ts';
import type { NewEntries } from './use-new-entries.ts';

export function NewEntriesButton({ newEntries: { waiting, show } }: { readonly newEntries: NewEntries }) {
  const text = waiting.length === 0 ? '' : describeNewEntries(waiting);
  return (
    <>
      {waiting.length > 0 && (
        <Button iconName="notification" onClick={show}>
          {text}
        </Button>
      )}
      <LiveRegion hidden>{text}</LiveRegion>
    </>
  );
}
