// Shows the open entry beside, below or over the list. Loaded when the first entry is opened.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import type { Entry } from '../../../client/client.ts';
import { useApi } from '../api/api-provider.tsx';
import '../changes/design-colors.css';
import { SafeText } from '../changes/value-text.tsx';
import { LazyEntrySeal } from '../seal/lazy-entry-seal.tsx';
import type { Search } from '../search/search.ts';
import { CopyMenu } from './copy-menu.tsx';
import './entry.css';
import { EntryDisputes } from './entry-disputes.tsx';
import { EntryFacts, TechnicalFacts } from './entry-facts.tsx';
import { EntryFrame } from './entry-frame.tsx';
import { describeEntryProblem } from './entry-problem.ts';
import { type DiffOptions, EntryChanges, FullState } from './entry-states.tsx';
import { describeEntry, titleStates } from './entry-text.ts';
import { NeighborButtons, RelatedButtons } from './entry-toolbar.tsx';
import { explainVerdict } from './explain-verdict.ts';

export interface EntryPanelProps {
  readonly entryId: string;
  /** The previous and next entries in the list, if they are loaded. */
  readonly neighbors: { readonly previousId?: string | undefined; readonly nextId?: string | undefined };
  /** Whether the screen is too narrow for a panel beside the list. */
  readonly isNarrow: boolean;
  readonly onOpen: (id: string) => void;
  readonly onClose: () => void;
  /** Replaces the search. The entry stays open. */
  readonly onSearch: (search: Search) => void;
}

export default function EntryPanel(props: EntryPanelProps) {
  const { entryId, neighbors, isNarrow, onOpen, onClose, onSearch } = props;
  const api = useApi();
  const {
    data: entry,
    error,
    isFetching,
    refetch,
  } = useQuery({
    queryKey: ['entry', entryId],
    queryFn: ({ signal }) => api.getEntry(entryId, { signal }),
  });
  const [choice, setChoice] = useState<DiffOptions>({ view: 'inline', isCollapsing: true });
  const content = useFocusOnHeading();
  const title = entry ? describeEntry(entry) : error ? describeEntryProblem(error).title : 'Entry';
  return (
    <EntryFrame title={title} isNarrow={isNarrow} onClose={onClose}>
      <div ref={content} className="entry design-colors">
        <LiveRegion hidden>{entry || error ? title : 'Loading entry'}</LiveRegion>
        <SpaceBetween size="l">
          <div className="entry-toolbar">
            <NeighborButtons neighbors={neighbors} onOpen={onOpen} />
            {entry && <CopyMenu entry={entry} />}
          </div>
          {entry ? (
            <LoadedEntry
              entry={entry}
              entryId={entryId}
              choice={choice}
              onChoose={setChoice}
              onSearch={onSearch}
            />
          ) : error ? (
            <Problem error={error} entryId={entryId} isRetrying={isFetching} onRetry={() => void refetch()} />
          ) : (
            <Box textAlign="center" padding="xl">
              <Spinner size="large" />
            </Box>
          )}
        </SpaceBetween>
      </div>
    </EntryFrame>
  );
}

interface LoadedProps {
  readonly entry: Entry;
  readonly entryId: string;
  readonly choice: DiffOptions;
  readonly onChoose: (choice: DiffOptions) => void;
  readonly onSearch: (search: Search) => void;
}

function LoadedEntry({ entry, entryId, choice, onChoose, onSearch }: LoadedProps) {
  const { title, reason, severity } = explainVerdict(entry);
  const stateTitles = titleStates(entry);
  return (
    <SpaceBetween size="l">
      <LazyEntrySeal key={`seal ${entryId}`} entry={entry} entryId={entryId} />
      {severity !== 'success' && (
        <Alert type={severity} header={title}>
          <SafeText text={reason} />
        </Alert>
      )}
      <EntryDisputes entry={entry} />
      <EntryFacts entry={entry} />
      <RelatedButtons entry={entry} onSearch={onSearch} />
      <EntryChanges entry={entry} choice={choice} onChoose={onChoose} />
      <div key={entry.id}>
        {entry.action === 'UPDATE' && (
          <>
            <FullState title={stateTitles.before} state={entry.before} />
            <FullState title={stateTitles.after} state={entry.after} />
          </>
        )}
        <ExpandableSection headerText="Technical details">
          <TechnicalFacts entry={entry} />
        </ExpandableSection>
      </div>
    </SpaceBetween>
  );
}

interface ProblemProps {
  readonly error: Error;
  readonly entryId: string;
  readonly isRetrying: boolean;
  readonly onRetry: () => void;
}

function Problem({ error, entryId, isRetrying, onRetry }: ProblemProps) {
  const { advice, canRetry } = describeEntryProblem(error);
  return (
    <Alert
      type="error"
      action={
        canRetry && (
          <Button loading={isRetrying} onClick={onRetry}>
            Try again
          </Button>
        )
      }
    >
      {advice}
      <Box color="text-body-secondary" fontSize="body-s">
        <SafeText text={entryId} />
      </Box>
    </Alert>
  );
}

/** Moves the focus to the panel's heading when the panel opens. The page moves it back to the list on close. */
function useFocusOnHeading() {
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const panel = content.current?.closest('[aria-labelledby]');
    const heading = document.getElementById(panel?.getAttribute('aria-labelledby') ?? '');
    if (heading === null) return;
    heading.tabIndex = -1;
    heading.style.outline = 'none';
    heading.focus();
  }, []);
  return content;
}
