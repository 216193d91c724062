// What stands in the place of entries when there are none to show, and why: none match, none found yet, or the search
// did not succeed.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { escapeUnsafe } from '../../../core/values/visible-text.ts';
import { describeProblem, type ProblemKind } from '../api/problem.ts';
import { findNamePrefix } from '../filters/tokens.ts';
import { emptySearch, type Search } from '../search/search.ts';
import { describeAccounts } from '../session/access.ts';
import { useSession } from '../session/session-provider.tsx';
import type { TimeZone } from '../time/format-time.ts';
import { NameHint } from './name-hint.tsx';
import { describeComplete, describeSearch, type SearchState } from './search-progress.ts';
import type { Entries } from './use-entries.ts';

export interface EmptyListProps {
  readonly entries: Entries;
  readonly state: SearchState;
  readonly search: Search;
  readonly zone: TimeZone;
  readonly onSearch: (search: Search) => void;
}

/** Problems that the page tells of above the list. */
const elsewhere: Readonly<Partial<Record<ProblemKind, string>>> = {
  filter: 'Nothing was searched: a filter is not valid.',
  session: 'Nothing was searched: sign in again first.',
};

export function EmptyList({ entries, state, search, zone, onSearch }: EmptyListProps) {
  const { error, isComplete, searchOn } = entries;
  const { access } = useSession();
  if (error !== null) {
    const { kind, title, advice } = describeProblem(error);
    const notSearched = elsewhere[kind];
    if (notSearched !== undefined) return <Box color="text-body-secondary">{notSearched}</Box>;
    return (
      <Box textAlign="left">
        <Alert
          type={kind === 'busy' ? 'warning' : 'error'}
          header={title}
          action={<Button onClick={searchOn}>Try again</Button>}
        >
          {advice}
        </Alert>
      </Box>
    );
  }
  if (!isComplete) {
    return <Box color="text-body-secondary">{describeSearch(state)}</Box>;
  }
  const hasFilters = Object.keys(search.filters).length > 0;
  const isEverything = !hasFilters && search.range.type === 'any';
  return (
    <SpaceBetween size="xs" alignItems="center">
      <Box variant="strong">{isEverything ? 'Nothing has been logged yet' : describeNothing(search)}</Box>
      <Box color="text-body-secondary">
        {isEverything
          ? 'Every creation, update and deletion of a service or resource will appear here.'
          : describeComplete(search.range, zone)}
      </Box>
      {access.accounts !== undefined && (
        <Box color="text-body-secondary">You may see {describeAccounts(access.accounts)}.</Box>
      )}
      <NameHint search={search} onSearch={onSearch} />
      {hasFilters && <Button onClick={() => onSearch({ ...search, filters: {} })}>Clear the filters</Button>}
      {search.range.type !== 'any' && (
        <Button onClick={() => onSearch({ ...search, range: emptySearch.range })}>Search any time</Button>
      )}
    </SpaceBetween>
  );
}

/** What was not found; a name only when nothing else kept entries out. */
function describeNothing({ filters, range }: Search): string {
  const prefix = findNamePrefix(filters);
  const isOnlyName = prefix !== undefined && Object.keys(filters).length === 1 && range.type === 'any';
  return isOnlyName ? `No resource name begins with “${escapeUnsafe(prefix)}”` : 'No entries match';
}
