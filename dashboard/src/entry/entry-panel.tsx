// The entry that is open, beside or below the list. Loaded when the first one is opened.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import SplitPanel from '@cloudscape-design/components/split-panel';
import { useQuery } from '@tanstack/react-query';
import { useApi } from '../api/api-provider.tsx';
import type { ListFilters } from '../search/search.ts';

export interface EntryPanelProps {
  readonly entryId: string;
  /** The entries before and after it in the list, when they are loaded. */
  readonly neighbours: { readonly previousId?: string | undefined; readonly nextId?: string | undefined };
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
  /** Searches for these instead; the entry stays open. */
  readonly onFilter: (filters: ListFilters) => void;
}

export default function EntryPanel({ entryId, neighbours, onOpen, onFilter }: EntryPanelProps) {
  const api = useApi();
  const { data: entry, error } = useQuery({
    queryKey: ['entry', entryId],
    queryFn: ({ signal }) => api.getEntry(entryId, { signal }),
  });
  const { previousId, nextId } = neighbours;
  return (
    <SplitPanel header={entry?.target.name ?? 'Entry'} closeBehavior="hide">
      <SpaceBetween size="m">
        <SpaceBetween size="xs" direction="horizontal">
          <Button disabled={previousId === undefined} onClick={() => previousId && onOpen(previousId)}>
            Previous
          </Button>
          <Button disabled={nextId === undefined} onClick={() => nextId && onOpen(nextId)}>
            Next
          </Button>
          {entry && (
            <Button onClick={() => onFilter({ target: [entry.target.id] })}>Everything on this</Button>
          )}
        </SpaceBetween>
        {error && <Alert type="error">{error.message}</Alert>}
        {entry && <Box variant="pre">{JSON.stringify(entry, null, 2)}</Box>}
      </SpaceBetween>
    </SplitPanel>
  );
}
