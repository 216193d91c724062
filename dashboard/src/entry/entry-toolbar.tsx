// Navigation from an entry: to the adjacent entries, or to related ones.
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Entry } from '../../../client/client.ts';
import { escapeUnsafe } from '../../../core/values/visible-text.ts';
import { historyOf } from '../location/history-address.ts';
import { navigate } from '../location/location.ts';
import { searchBefore } from '../pivots/pivot-fields.ts';
import { fromListFilters, type ListFilters, type Search } from '../search/search.ts';
import { filterByTarget, filterByUserAndTime } from './related-filters.ts';

interface NeighborProps {
  readonly neighbors: { readonly previousId?: string | undefined; readonly nextId?: string | undefined };
  readonly onOpen: (id: string) => void;
}

/** Buttons for the entries above and below in the list. */
export function NeighborButtons({ neighbors: { previousId, nextId }, onOpen }: NeighborProps) {
  return (
    <SpaceBetween size="xxs" direction="horizontal">
      <Button
        iconName="angle-up"
        ariaLabel="Previous entry"
        disabled={previousId === undefined}
        onClick={() => previousId !== undefined && onOpen(previousId)}
      />
      <Button
        iconName="angle-down"
        ariaLabel="Next entry"
        disabled={nextId === undefined}
        onClick={() => nextId !== undefined && onOpen(nextId)}
      />
    </SpaceBetween>
  );
}

interface RelatedProps {
  readonly entry: Entry;
  readonly onSearch: (search: Search) => void;
}

/** Links to the history of the target, to entries of the same target, to entries of the same user around that time, and to what changed before. */
export function RelatedButtons({ entry, onSearch }: RelatedProps) {
  const onFilter = (filters: ListFilters) => onSearch(fromListFilters(filters));
  const user = escapeUnsafe(entry.user.name ?? entry.user.id);
  const historyHref = historyOf(entry, entry.decision !== 'DENIED');
  return (
    <SpaceBetween size="xxs">
      <Button
        variant="inline-link"
        iconName="history"
        href={historyHref}
        onFollow={(event) => {
          event.preventDefault();
          navigate(historyHref);
        }}
      >
        History of {escapeUnsafe(entry.target.name)}
      </Button>
      <Button variant="inline-link" iconName="search" onClick={() => onFilter(filterByTarget(entry))}>
        All entries for {escapeUnsafe(entry.target.name)}
      </Button>
      <Button variant="inline-link" iconName="search" onClick={() => onFilter(filterByUserAndTime(entry))}>
        Entries by {user} within one hour of this entry
      </Button>
      <Button variant="inline-link" iconName="search" onClick={() => onSearch(searchBefore(entry))}>
        What changed in the hour before, by target
      </Button>
    </SpaceBetween>
  );
}
