// Maps the API's filters to properties of the Cloudscape property filter, with the operators that the API supports.
import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import { labelTargetType, targetTypeNames } from '../../../core/contract/target-types.ts';
import { actions, actorTypes, kinds, verdicts } from '../../../core/contract/vocabulary.ts';
import { parseTerm } from '../../../core/query/filter-grammar.ts';
import { type FilterName, filterRules } from '../../../core/query/filters.ts';
import { escapeUnsafe } from '../../../core/values/visible-text.ts';
import { actionLabels, actorTypeLabels, kindLabels, verdictLabels } from '../labels/labels.ts';
import { beginsWith, type FilterValue, recordedNames } from './tokens.ts';

export type Property = PropertyFilterProps.FilteringProperty;
export type Option = PropertyFilterProps.FilteringOption;
type Operator = NonNullable<Property['operators']>[number];

interface FilterLabels {
  readonly label: string;
  readonly values: string;
  readonly group?: string;
}

const filterLabels: Readonly<Record<FilterName, FilterLabels>> = {
  resource: { label: 'Name', values: 'names' },
  user: { label: 'User', values: 'users' },
  action: { label: 'Action', values: 'actions' },
  account: { label: 'Account', values: 'AWS accounts' },
  region: { label: 'Region', values: 'AWS regions' },
  verdict: { label: 'Verdict', values: 'verdicts' },
  service: { label: 'Service and its resources', values: 'services' },
  environment: { label: 'Environment', values: 'environments' },
  type: { label: 'Type', values: 'types' },
  kind: { label: 'Kind', values: 'kinds' },
  target: { label: 'Target ID', values: 'target IDs' },
  disputed: { label: 'Disputed', values: 'values' },
  actorType: { label: 'Actor type', values: 'actor types' },
  changed: { label: 'Changed path', values: 'paths', group: 'Details' },
  changedFrom: { label: 'Changed from', values: 'values', group: 'Details' },
  changedTo: { label: 'Changed to', values: 'values', group: 'Details' },
  reason: { label: 'Reason contains', values: 'words', group: 'Details' },
  ip: { label: 'Source IP or CIDR', values: 'addresses', group: 'Details' },
  workRef: { label: 'Work reference', values: 'references', group: 'Details' },
  requestId: { label: 'Request ID', values: 'request IDs', group: 'Details' },
  traceId: { label: 'Trace ID', values: 'trace IDs', group: 'Details' },
};

/** The label of a filter. */
export function labelOf(name: FilterName): string {
  return filterLabels[name].label;
}

/** Creates the properties. Invisible and bidirectional control characters are escaped in every value that they show. `nameOfUser` returns the name for a user ID if the page knows it. */
export function makeProperties(nameOfUser: (id: string) => string | undefined): Property[] {
  const formatUser = (id: string) => {
    const name = nameOfUser(id);
    return name === undefined ? id : `${name} (${id})`;
  };
  const formatters: Readonly<Partial<Record<FilterName, (value: string) => string>>> = {
    user: formatUser,
    action: (value) => findLabel(actionLabels, value),
    verdict: (value) => findLabel(verdictLabels, value),
    kind: (value) => findLabel(kindLabels, value),
    actorType: (value) => findLabel(actorTypeLabels, value),
    type: labelTargetType,
    disputed: (value) => (value === 'true' ? disputedLabel : value),
  };
  const properties = (Object.keys(filterLabels) as FilterName[]).map(
    (name): Property => ({
      key: name,
      propertyLabel: filterLabels[name].label,
      // Cloudscape shows this next to a checkbox that selects all values in the list.
      groupValuesLabel: `All listed ${filterLabels[name].values}`,
      ...(filterLabels[name].group !== undefined && { group: filterLabels[name].group }),
      operators: makeOperators(name, formatters[name]),
    }),
  );
  return [...properties, ...recordedProperties];
}

/** Returns the operators that a filter supports. */
function makeOperators(name: FilterName, format: ((value: string) => string) | undefined): Operator[] {
  const { allowsNegation, allowsPrefix } = filterRules[name];
  const formatTerms = (value: unknown) => formatValues(value, (term) => formatTerm(term, format));
  return [
    { operator: '=', tokenType: 'enum', format: formatTerms },
    ...(allowsNegation ? [{ operator: '!=', tokenType: 'enum', format: formatTerms } as const] : []),
    ...(allowsPrefix
      ? [
          {
            operator: beginsWith,
            description: 'Begins with',
            format: (value: unknown) => formatValues(value),
          },
        ]
      : []),
  ];
}

/** Shows a term: an exact value by its label, and everything else as it is written. */
function formatTerm(term: string, format: ((value: string) => string) | undefined): string {
  const reading = parseTerm(term);
  if (format === undefined || 'problem' in reading || reading.term.isPrefix) return term;
  const label = format(reading.term.text);
  return label === reading.term.text ? term : label;
}

const recordedProperties: readonly Property[] = recordedNames.map((name) => ({
  key: name,
  propertyLabel: name === 'recordedFrom' ? 'Recorded since' : 'Recorded until',
  groupValuesLabel: 'A time, such as 2026-11-05 or 2026-11-05T16:40:51Z',
  operators: [{ operator: '=', format: (value: unknown) => formatValues(value) }],
}));

/** The only value of the filter for entries that another event disputes. */
const disputedLabel = 'Yes';

/** A value that exists regardless of what was logged. */
export interface FixedOption extends FilterValue {
  readonly propertyKey: FilterName;
  readonly label: string;
}

const fixed = (name: FilterName, value: string, label: string): FixedOption => {
  return { name, propertyKey: name, value, label };
};

/** Values that are suggested regardless of what was logged. */
export const fixedOptions: readonly FixedOption[] = [
  ...actions.map((value) => fixed('action', value, actionLabels[value])),
  ...verdicts.map((value) => fixed('verdict', value, verdictLabels[value])),
  ...kinds.map((value) => fixed('kind', value, kindLabels[value])),
  ...actorTypes.map((value) => fixed('actorType', value, actorTypeLabels[value])),
  ...targetTypeNames.map((value) => fixed('type', value, labelTargetType(value))),
  fixed('disputed', 'true', disputedLabel),
];

function findLabel(labels: Readonly<Record<string, string>>, value: string): string {
  return Object.hasOwn(labels, value) ? (labels[value] ?? value) : value;
}

function formatValues(value: unknown, format: (value: string) => string = (one) => one): string {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return escapeUnsafe(values.map((one) => format(String(one))).join(', '));
}
