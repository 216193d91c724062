// Where one goes from an entry: to its neighbours in the list, or to what happened around it.
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Entry } from '../../../client/client.ts';
import { escapeUnsafe } from '../../../core/values/visible-text.ts';
import type { ListFilters } from '../search/search.ts';
import { everythingByUserAround, everythingOnTarget } from './related-filters.ts';

interface NeighbourProps {
  readonly neighbours: { readonly previousId?: string | undefined; readonly nextId?: string | undefined };
  readonly onOpen: (id: string) => void;
}

/** To the entries above and below in the list. */
export function NeighbourButtons({ neighbours: { previousId, nextId }, onOpen }: NeighbourProps) {
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
  readonly onFilter: (filters: ListFilters) => void;
}

/** To what else happened to the same thing, or was done by the same user then. */
export function RelatedButtons({ entry, onFilter }: RelatedProps) {
  const user = escapeUnsafe(entry.user.name ?? entry.user.id);
  return (
    <SpaceBetween size="xxs">
      <Button variant="inline-link" iconName="search" onClick={() => onFilter(everythingOnTarget(entry))}>
        Everything on {escapeUnsafe(entry.target.name)}
      </Button>
      <Button variant="inline-link" iconName="search" onClick={() => onFilter(everythingByUserAround(entry))}>
        Everything by {user} within an hour
      </Button>
    </SpaceBetween>
  );
}
