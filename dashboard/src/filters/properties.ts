// Maps the API's filters to properties of the Cloudscape property filter, with the operators that the API supports.
import type { PropertyFilterProps } from '@cloudscape-design/components/property-filter';
import { labelTargetType, targetTypeNames } from '../../../core/contract/target-types.ts';
import { actions, kinds, verdicts } from '../../../core/contract/vocabulary.ts';
import type { FilterName } from '../../../core/query/query.ts';
import { actionLabels, kindLabels, verdictLabels } from '../labels/labels.ts';
import { beginsWith } from './tokens.ts';

export type Property = PropertyFilterProps.FilteringProperty;
export type Option = PropertyFilterProps.FilteringOption;

interface FilterLabels {
  readonly label: string;
  readonly values: string;
}

const filterLabels: Readonly<Record<FilterName, FilterLabels>> = {
  resource: { label: 'Name', values: 'Names of services and resources' },
  user: { label: 'User', values: 'Users' },
  action: { label: 'Action', values: 'Actions' },
  account: { label: 'Account', values: 'AWS accounts' },
  region: { label: 'Region', values: 'AWS regions' },
  verdict: { label: 'Verdict', values: 'Verdicts' },
  service: { label: 'Service and its resources', values: 'Services' },
  environment: { label: 'Environment', values: 'Environments' },
  type: { label: 'Type', values: 'Types' },
  kind: { label: 'Kind', values: 'Kinds' },
  target: { label: 'Target ID', values: 'Target IDs' },
};

/** The label of a filter. */
export function labelOf(name: FilterName): string {
  return filterLabels[name].label;
}

/** Creates the properties. `nameOfUser` returns the name for a user ID if the page knows it. */
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
    type: labelTargetType,
  };
  return (Object.keys(filterLabels) as FilterName[]).map((name) => ({
    key: name,
    propertyLabel: filterLabels[name].label,
    groupValuesLabel: filterLabels[name].values,
    operators: [
      { operator: '=', tokenType: 'enum', format: (value) => formatValues(value, formatters[name]) },
      ...(name === 'resource' ? [{ operator: beginsWith, description: 'Begins with' }] : []),
    ],
  }));
}

/** Values that are suggested regardless of what was logged. */
export const fixedOptions: readonly Option[] = [
  ...actions.map((value) => ({ propertyKey: 'action', value, label: actionLabels[value] })),
  ...verdicts.map((value) => ({ propertyKey: 'verdict', value, label: verdictLabels[value] })),
  ...kinds.map((value) => ({ propertyKey: 'kind', value, label: kindLabels[value] })),
  ...targetTypeNames.map((value) => ({ propertyKey: 'type', value, label: labelTargetType(value) })),
];

function findLabel(labels: Readonly<Record<string, string>>, value: string): string {
  return Object.hasOwn(labels, value) ? (labels[value] ?? value) : value;
}

function formatValues(value: unknown, format: (value: string) => string = (one) => one): string {
  const values: unknown[] = Array.isArray(value) ? value : [value];
  return values.map((one) => format(String(one))).join(', ');
}
