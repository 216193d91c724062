import { describe, expect, it } from 'vitest';
import type { DirectoryPage } from '../../../client/client.ts';
import { hasPrefix } from '../../../core/values/folded-text.ts';
import { findLabeledValue, interpretFreeText } from '../../../dashboard/src/filters/free-text.ts';
import type { Directory } from '../../../dashboard/src/filters/people.ts';

const { signal } = new AbortController();

/** A directory that, like the API's, matches prefixes. */
function directoryOf(resources: readonly string[], users: readonly string[] = ['u-2077']): Directory {
  return {
    listDirectory: async (field, { prefix = '' } = {}) => {
      const values = (field === 'users' ? users : resources).filter((value) => hasPrefix(value, prefix));
      return { values: values.map((value) => ({ value })), nextCursor: null } as unknown as DirectoryPage;
    },
  };
}

const interpret = (api: Directory, text: string) =>
  interpretFreeText(api, { text, account: undefined }, signal);

describe('findLabeledValue', () => {
  it.each([
    ['denied', { name: 'verdict', value: 'DENIED' }],
    ['Unknown role', { name: 'verdict', value: 'UNKNOWN_ROLE' }],
    ['delete', { name: 'action', value: 'DELETE' }],
    ['Deleted', { name: 'action', value: 'DELETE' }],
    ['rds', { name: 'type', value: 'rds' }],
    ['service', { name: 'kind', value: 'SERVICE' }],
  ])('understands %s', (text, expected) => {
    expect(findLabeledValue(text)).toMatchObject(expected);
  });

  it('understands no beginning of a label', () => {
    expect(findLabeledValue('den')).toBeUndefined();
    expect(findLabeledValue('')).toBeUndefined();
  });
});

describe('interpretFreeText', () => {
  it('finds a label or a user', async () => {
    expect(await interpret(directoryOf([]), 'denied')).toMatchObject({ name: 'verdict', value: 'DENIED' });
    expect(await interpret(directoryOf([]), 'u-2077')).toEqual({ name: 'user', value: 'u-2077' });
  });

  it('prefers names that begin with the text', async () => {
    expect(await interpret(directoryOf(['rds-main']), 'rds')).toBeUndefined();
    expect(await interpret(directoryOf(['u-2077-cache']), 'u-2077')).toBeUndefined();
  });

  it('leaves an explicit name prefix as it is', async () => {
    expect(await interpret(directoryOf([]), 'denied*')).toBeUndefined();
  });
});
