// Which filters find the values that a column shows. Part of the first load.
import type { FilterName } from '../../../core/query/filters.ts';
import type { ColumnId, ExtraColumnId } from '../preferences/preferences.ts';

/** The filters whose values a column shows. */
export const filtersOfColumn: Readonly<Partial<Record<ColumnId | ExtraColumnId, readonly FilterName[]>>> = {
  action: ['action', 'verdict'],
  target: ['target', 'resource', 'service', 'type'],
  user: ['user'],
  account: ['account', 'region', 'environment'],
  verdict: ['verdict'],
  environment: ['environment'],
};
