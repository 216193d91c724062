// Says that new entries wait, and takes them into the list when somebody wants to see them.
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
