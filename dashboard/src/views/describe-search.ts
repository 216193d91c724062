// Describes a search in one line, with the labels of the filters.

import { makeProperties } from '../filters/properties.ts';
import { describeRange } from '../filters/range-value.ts';
import { toRecordedTokens, toTokens } from '../filters/tokens.ts';
import type { Search } from '../search/search.ts';
import type { TimeZone } from '../time/format-time.ts';

/** For example `Verdict = Denied, Environment = prod, Last 7 days`. */
export function describeSearch(search: Search, zone: TimeZone): string {
  const properties = makeProperties(() => undefined);
  const filters = [...toTokens(search.filters), ...toRecordedTokens(search.recorded)].map(
    ({ propertyKey, operator, value }) => {
      const property = properties.find(({ key }) => key === propertyKey);
      const format = property?.operators
        ?.filter((one) => typeof one !== 'string')
        .find((one) => one.operator === operator)?.format;
      return `${property?.propertyLabel ?? propertyKey} ${operator} ${format?.(value) ?? String(value)}`;
    },
  );
  return [
    ...filters,
    describeRange(search.range, zone),
    ...(search.order === 'asc' ? ['oldest first'] : []),
    ...(search.groupBy === undefined ? [] : ['grouped by target']),
  ].join(', ');
}
