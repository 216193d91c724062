// "Did you mean" suggestions of the API: values that were recorded with another spelling. Each replaces one value.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { parseTerm } from '../../../core/query/filter-grammar.ts';
import { escapeUnsafe } from '../../../core/values/visible-text.ts';
import { labelOf } from '../filters/properties.ts';
import { joinSuggestions, replaceTerm, type SpellingSuggestion } from '../filters/replace-term.ts';
import type { Search } from '../search/search.ts';
import type { Entries } from './use-entries.ts';

export interface SpellingSuggestionsProps {
  readonly pages: Entries['pages'];
  readonly search: Search;
  readonly onSearch: (search: Search) => void;
  /** @default 'Did you mean:' */
  readonly label?: string;
}

const differences: Readonly<Record<SpellingSuggestion['reason'], string>> = {
  CASE: 'different upper and lower case',
  WHITE_SPACE: 'different white space',
  UNICODE_FORM: 'looks the same, different characters',
  SPELLING: 'different spelling',
  USER_NAME: 'user with this name',
  USER_EMAIL: 'user with this email address',
  RENAMED: 'renamed',
};

export function SpellingSuggestions({
  pages,
  search,
  onSearch,
  label = 'Did you mean:',
}: SpellingSuggestionsProps) {
  const suggestions = joinSuggestions(pages);
  if (suggestions.length === 0) return null;
  return (
    <SpaceBetween size="xs" alignItems="center">
      <Box color="text-body-secondary">{label}</Box>
      {suggestions.map((one) => (
        <Button
          key={`${one.parameter} ${one.value} ${one.suggestion}`}
          onClick={() => onSearch({ ...search, filters: replaceTerm(search.filters, one) })}
        >
          {labelOf(one.parameter)}: {quoteValue(one.suggestion)} ({differences[one.reason]})
        </Button>
      ))}
    </SpaceBetween>
  );
}

/** Shows the value in quotation marks, so that spaces at its ends can be seen. */
function quoteValue(term: string): string {
  const reading = parseTerm(term);
  return `"${escapeUnsafe('term' in reading ? reading.term.text : term)}"`;
}
