import { describe, expect, it } from 'vitest';
import { readArguments } from '../../../ops/sql/read-arguments.ts';

describe('readArguments', () => {
  it('reads a query with its options', () => {
    expect(readArguments(['select 1', '--organization', 'acme', '--from', '2026-11-01', '--csv'])).toEqual({
      query: 'select 1',
      bucketDir: undefined,
      organization: 'acme',
      from: '2026-11-01',
      to: undefined,
      format: 'csv',
    });
    expect(readArguments(['--help'])).toBe('help');
  });

  it.each([
    [[], 'one query in quotes is required'],
    [['select', '1'], 'one query in quotes is required'],
    [['select 1', '--json', '--csv'], '--json cannot be combined with --csv'],
    [['select 1', '--organization', '../acme'], '--organization must be an organization ID'],
    [['select 1', '--from', '2026-02-30'], '--from must be a day'],
    [['select 1', '--from', '2026-11-02', '--to', '2026-11-01'], '--from must not be after --to'],
    [['select 1', '--table', 'x'], "Unknown option '--table'"],
  ])('rejects %j', (args, message) => expect(() => readArguments(args)).toThrow(message));
});
