// The filters of the API as properties of the property filter, with the operators that the API really has.
import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import { labelTargetType, targetTypeNames } from '../../../core/contract/target-types.ts';
import { actions, kinds, verdicts } from '../../../core/contract/vocabulary.ts';
import type { FilterName } from '../../../core/query/query.ts';
import { actionLabels, kindLabels, verdictLabels } from '../labels/labels.ts';
import { beginsWith } from './tokens.ts';

export type Property = PropertyFilterProps.FilteringProperty;
export type Option = PropertyFilterProps.FilteringOption;

interface FilterWords {
  readonly label: string;
  readonly values: string;
}

const filterWords: Readonly<Record<FilterName, FilterWords>> = {
  resource: { label: 'Name', values: 'Names of services and resources' },
  user: { label: 'User', values: 'Users' },
  action: { label: 'Action', values: 'Actions' },
  account: { label: 'Account', values: 'AWS accounts' },
  region: { label: 'Region', values: 'AWS regions' },
  verdict: { label: 'Verdict', values: 'Verdicts' },
  service: { label: 'Service and what is attached', values: 'Services' },
  environment: { label: 'Environment', values: 'Environments' },
  type: { label: 'Type', values: 'Types' },
  kind: { label: 'Kind', values: 'Kinds' },
  target: { label: 'Target id', values: 'Target ids' },
};

/** What the filter is called where people choose it. */
export function labelOf(name: FilterName): string {
  return filterWords[name].label;
}

/** The properties; `nameOfUser` says who a user id is, as far as the page has met them. */
export function makeProperties(nameOfUser: (id: string) => string | undefined): Property[] {
  const sayUser = (id: string) => {
    const name = nameOfUser(id);
    return name === undefined ? id : `${name} (${id})`;
  };
  const say: Readonly<Partial<Record<FilterName, (value: string) => string>>> = {
    user: sayUser,
    action: (value) => wordOf(actionLabels, value),
    verdict: (value) => wordOf(verdictLabels, value),
    kind: (value) => wordOf(kindLabels, value),
    type: labelTargetType,
  };
  return (Object.keys(filterWords) as FilterName[]).map((name) => ({
    key: name,
    propertyLabel: filterWords[name].label,
    groupValuesLabel: filterWords[name].values,
    operators: [
      { operator: '=', tokenType: 'enum', format: (value) => sayAll(value, say[name]) },
      ...(name === 'resource' ? [{ operator: beginsWith, description: 'Begins with' }] : []),
    ],
  }));
}

/** Values that are always suggested. */
export const fixedOptions: readonly Option[] = [
  ...actions.map((value) => ({ propertyKey: 'action', value, label: actionLabels[value] })),
  ...verdicts.map((value) => ({ propertyKey: 'verdict', value, label: verdictLabels[value] })),
  ...kinds.map((value) => ({ propertyKey: 'kind', value, label: kindLabels[value] })),
  ...targetTypeNames.map((value) => ({ propertyKey: 'type', value, label: labelTargetType(value) })),
];

function wordOf(words: Readonly<Record<string, string>>, value: string): string {
  return Object.hasOwn(words, value) ? (words[value] ?? value) : value;
}

function sayAll(value: unknown, say: (value: string) => string = (one) => one): string {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.map((one) => say(String(one))).join(', ');
}
