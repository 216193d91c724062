import { describe, expect, it } from 'vitest';
import {
  applyPivot,
  hourScopesOf,
  pivotFieldsOf,
  searchAround,
  searchBefore,
} from '../../../dashboard/src/pivots/pivot-fields.ts';
import { listItem } from '../list/list-items.ts';

const item = listItem({ atMillis: 0 });
const database = { ...item, environment: 'prod', target: { ...item.target, serviceName: 'checkout-api' } };

describe('pivotFieldsOf', () => {
  it('returns every value of the entry for the target, and those of the cell for other columns', () => {
    expect(pivotFieldsOf(database, 'target').map(({ filter, value }) => [filter, value])).toEqual([
      ['target', 'res-2b71'],
      ['resource', 'orders-d'],
      ['service', 'checkout-api'],
      ['type', 'rds'],
      ['user', 'u-2077'],
      ['account', '123456789012'],
      ['region', 'eu-west-1'],
      ['environment', 'prod'],
      ['action', 'UPDATE'],
      ['verdict', 'PERMITTED'],
    ]);
    expect(pivotFieldsOf(database, 'user').map(({ text }) => text)).toEqual(['Ben Okafor']);
  });

  it('leaves out values that the entry does not have', () => {
    const filters = pivotFieldsOf(item, 'target').map(({ filter }) => filter);
    expect(filters).not.toContain('service');
    expect(filters).not.toContain('environment');
  });
});

describe('applyPivot', () => {
  const field = { filter: 'resource', label: 'Name', value: 'a*,!', text: 'a*,!' } as const;

  it('includes and excludes exactly the value, whatever characters it contains', () => {
    expect(applyPivot({}, field, true)).toEqual({ resource: ['a\\*\\,!'] });
    expect(applyPivot({}, field, false)).toEqual({ resource: ['!a\\*\\,!'] });
  });

  it('replaces the other values of the filter when it includes one, and keeps its exclusions', () => {
    expect(applyPivot({ resource: ['!b', 'c', 'd'] }, field, true)).toEqual({
      resource: ['!b', 'a\\*\\,!'],
    });
  });

  it('adds to the exclusions, and replaces the opposite', () => {
    expect(applyPivot({ resource: ['!b', 'a\\*\\,!'] }, field, false)).toEqual({
      resource: ['!a\\*\\,!', '!b'],
    });
  });
});

describe('searches from an entry', () => {
  it('offers the hour around it in the account, the environment, the service, and by the user', () => {
    expect(hourScopesOf(database).map(({ filters }) => filters)).toEqual([
      { account: ['123456789012'] },
      { environment: ['prod'] },
      { service: ['checkout-api'] },
      { user: ['u-2077'] },
    ]);
    expect(searchAround(item, {}).range).toEqual({
      type: 'between',
      from: '2026-11-25T14:00:00.000Z',
      to: '2026-11-25T16:00:00.000Z',
    });
  });

  it('finds what changed in the hour before it, without denied attempts, by target', () => {
    expect(searchBefore(database)).toEqual({
      filters: { account: ['123456789012'], environment: ['prod'], verdict: ['!DENIED'] },
      range: { type: 'between', from: '2026-11-25T14:00:00.000Z', to: '2026-11-25T15:00:00.000Z' },
      order: 'desc',
      groupBy: 'target',
    });
  });
});
