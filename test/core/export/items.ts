// Generates list items for tests of exports and the command line.
import fc from 'fast-check';
import { type ListItem, toListItem } from '../../../core/entry/entry.ts';
import { makeEntry } from '../../support/entries.ts';

export function makeItem(overrides: Partial<ListItem> = {}): ListItem {
  return { ...toListItem(makeEntry({ eventId: 'e-1' })), ...overrides };
}

/**
 * Text that can break formats: separators, quotes, line endings, formulas, control characters, bidi marks, other
 * scripts.
 */
const wildText = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ',',
        '"',
        '\r',
        '\n',
        '\r\n',
        '\t',
        '=',
        '+',
        '-',
        '@',
        "'",
        ' ',
        ';',
        '\u001b[2J',
        '\u202e',
        '語',
      ),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    { maxLength: 5 },
  )
  .map((parts) => parts.join(''));

/** Items with such text in every free-text field, including text that the contract rejects. */
export const wildItems: fc.Arbitrary<ListItem> = fc
  .record({
    userId: wildText,
    userName: fc.option(wildText, { nil: undefined }),
    role: wildText,
    permission: wildText,
    environment: fc.option(wildText, { nil: undefined }),
    name: wildText,
    serviceName: fc.option(wildText, { nil: undefined }),
    changedPaths: fc.array(wildText, { maxLength: 3 }),
    value: wildText,
  })
  .map(({ userId, userName, role, permission, environment, name, serviceName, changedPaths, value }) =>
    makeItem({
      user: { id: userId, name: userName, type: 'user' },
      role,
      permission,
      environment,
      target: { kind: 'RESOURCE', type: 'rds', id: name, name, serviceName },
      changedPaths,
      highlights: changedPaths.map((path) => ({ path, op: 'replace', before: 1, after: value })),
    }),
  );
