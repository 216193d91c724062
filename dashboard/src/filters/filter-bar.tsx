// Everything that decides which entries are shown.
import FormField from '@cloudscape-design/components/form-field';
import PropertyFilter, { type PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import { useMemo } from 'react';
import type { ListItem } from '../../../client/client.ts';
import type { Filters } from '../../../core/query/query.ts';
import type { PageProblem } from '../api/problem.ts';
import type { Search } from '../search/search.ts';
import type { TimeZone } from '../time/format-time.ts';
import styles from './filters.module.css';
import { makeProperties } from './properties.ts';
import { QuickFilters } from './quick-filters.tsx';
import { TimeRangePicker } from './time-range-picker.tsx';
import { beginsWith, findEntryId, labelToken, toTokens } from './tokens.ts';
import { useSuggestions } from './use-suggestions.ts';
import { useTokenChange } from './use-token-change.ts';

export interface FilterBarProps {
  readonly ref: React.Ref<PropertyFilterProps.Ref>;
  readonly search: Search;
  readonly zone: TimeZone;
  /** Entries in the list, whose values are suggested. */
  readonly items: readonly ListItem[];
  /** What cannot be searched. */
  readonly problem: PageProblem | undefined;
  readonly onSearch: (search: Search) => void;
  /** Opens the entry whose id was pasted. */
  readonly onOpen: (id: string) => void;
}

const rangeFields: readonly (string | undefined)[] = ['last', 'from', 'to'];

export function FilterBar(props: FilterBarProps) {
  const { ref, search, zone, items, problem, onSearch, onOpen } = props;
  const { filters, range } = search;
  const suggestions = useSuggestions(filters, items);
  const { nameOfUser } = suggestions;
  const takeTokens = useTokenChange(search, onSearch);
  const tokens = useMemo(() => toTokens(filters), [filters]);
  const properties = makeProperties(nameOfUser);
  const mistake = problem?.kind === 'filter' ? problem : undefined;
  const isOfRange = rangeFields.includes(mistake?.field);
  const setFilters = (next: Filters) => onSearch({ ...search, filters: next });
  return (
    <div className={styles.bar}>
      <div className={styles.main}>
        <div className={styles.range}>
          <FormField errorText={isOfRange ? mistake?.advice : undefined}>
            <TimeRangePicker
              range={range}
              zone={zone}
              onChange={(next) => onSearch({ ...search, range: next })}
            />
          </FormField>
        </div>
        <search className={styles.properties}>
          <FormField stretch errorText={isOfRange ? undefined : mistake?.advice}>
            <PropertyFilter
              ref={ref}
              query={{ operation: 'and', tokens }}
              readOnlyOperations
              filteringProperties={properties}
              filteringOptions={suggestions.options}
              filteringStatusType={suggestions.status}
              onLoadItems={({ detail }) => suggestions.onLoadItems(detail)}
              freeTextFiltering={{ operators: [beginsWith], defaultOperator: beginsWith }}
              onChange={({ detail }) => {
                const id = findEntryId(detail.tokens);
                if (id === undefined) takeTokens(detail.tokens);
                else onOpen(id);
              }}
              filteringPlaceholder="Resource name, or a user, account, region …"
              filteringAriaLabel="Filter entries"
              filteringEmpty="Nothing that was logged begins so"
              {...(suggestions.hasMore && { filteringFinishedText: 'More match: type on' })}
              filteringLoadingText="Polling for suggestions"
              filteringErrorText="There are no suggestions now."
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
}

/** What pressing Enter would do with the text. */
function describeEnteredText(text: string): string {
  return text.includes('=') || text.includes(beginsWith) ? `Use: ${text}` : `Name or user: ${text}`;
}
