// The controls that determine which entries are shown.
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import FormField from '@cloudscape-design/components/form-field';
import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import { useMemo, useState } from 'react';
import type { ListItem } from '../../../client/client.ts';
import type { Filters } from '../../../core/query/query.ts';
import { escapeUnsafe } from '../../../core/values/visible-text.ts';
import type { PageProblem } from '../api/problem.ts';
import type { Search } from '../search/search.ts';
import type { TimeZone } from '../time/format-time.ts';
import styles from './filters.module.css';
import { EntryFilter, TimeRangePicker } from './lazy-controls.tsx';
import { makeProperties } from './properties.ts';
import { QuickFilters } from './quick-filters.tsx';
import { beginsWith, findEntryId, labelToken, toRecordedTokens, toTokens } from './tokens.ts';
import { useSuggestions } from './use-suggestions.ts';
import { useTokenChange } from './use-token-change.ts';

export interface FilterBarProps {
  readonly ref: React.Ref<PropertyFilterProps.Ref>;
  readonly search: Search;
  readonly zone: TimeZone;
  /** Entries in the list. Their values are suggested. */
  readonly items: readonly ListItem[];
  /** Why the search failed, if it did. */
  readonly problem: PageProblem | undefined;
  /** Whether to fold the filters. */
  readonly isNarrow: boolean;
  readonly onSearch: (search: Search) => void;
  /** Opens the entry whose ID was entered. */
  readonly onOpen: (id: string) => void;
}

const rangeFields: readonly (string | undefined)[] = ['last', 'from', 'to'];

export function FilterBar(props: FilterBarProps) {
  const { ref, search, zone, items, problem, isNarrow, onSearch, onOpen } = props;
  const { filters, range, recorded } = search;
  const [isOpen, setOpen] = useState(false);
  const suggestions = useSuggestions(filters, items);
  const { nameOfUser } = suggestions;
  const takeTokens = useTokenChange(search, onSearch);
  const tokens = useMemo(() => [...toTokens(filters), ...toRecordedTokens(recorded)], [filters, recorded]);
  const properties = makeProperties(nameOfUser);
  const filterProblem = problem?.kind === 'filter' ? problem : undefined;
  const isRangeProblem = rangeFields.includes(filterProblem?.field);
  const setFilters = (next: Filters) => onSearch({ ...search, filters: next });
  const bar = (
    <div className={styles.bar}>
      <div className={styles.main}>
        <div className={styles.range}>
          <FormField errorText={isRangeProblem ? filterProblem?.advice : undefined}>
            <TimeRangePicker
              range={range}
              zone={zone}
              onChange={(next) => onSearch({ ...search, range: next })}
            />
          </FormField>
        </div>
        <search className={styles.properties}>
          <FormField stretch errorText={isRangeProblem ? undefined : filterProblem?.advice}>
            <EntryFilter
              filterRef={ref}
              query={{ operation: 'and', tokens }}
              readOnlyOperations
              filteringProperties={properties}
              customGroupsText={[{ group: 'Details', properties: 'Details', values: 'Values in details' }]}
              filteringOptions={suggestions.options}
              filteringStatusType={suggestions.status}
              onLoadItems={({ detail }) => suggestions.onLoadItems(detail)}
              freeTextFiltering={{ operators: [beginsWith], defaultOperator: beginsWith }}
              onChange={({ detail }) => {
                const id = findEntryId(detail.tokens);
                if (id === undefined) takeTokens(detail.tokens);
                else onOpen(id);
              }}
              filteringPlaceholder="Filter by name, user, account, or region"
              filteringAriaLabel="Filter entries"
              filteringEmpty="No suggestions. Press Enter to search."
              {...(suggestions.hasMore && { filteringFinishedText: 'Keep typing to narrow the matches' })}
              filteringLoadingText="Loading suggestions"
              filteringErrorText="Could not load suggestions."
              filteringRecoveryText="Try again"
              i18nStrings={{
                enteredTextLabel: describeEnteredText,
                clearFiltersText: 'Clear filters',
                formatToken: labelToken,
              }}
              expandToViewport
            />
          </FormField>
        </search>
      </div>
      <QuickFilters filters={filters} onChange={setFilters} />
    </div>
  );
  if (!isNarrow) return bar;
  const count = tokens.length + (range.type === 'any' ? 0 : 1);
  return (
    <ExpandableSection
      headerText={count === 0 ? 'Filters' : `Filters (${count})`}
      expanded={isOpen || filterProblem !== undefined}
      onChange={({ detail }) => setOpen(detail.expanded)}
    >
      {bar}
    </ExpandableSection>
  );
}

/** Describes what pressing Enter does with the text. */
function describeEnteredText(text: string): string {
  const isFilter = text.includes('=') || text.includes(beginsWith);
  return `${isFilter ? 'Use' : 'Search for'}: "${escapeUnsafe(text)}"`;
}
