// Tests that issue paths, which developers and operators read, never show a key that contains a secret.
import { describe, expect, it } from 'vitest';
import { checkDetail, checkEnvelope } from '../../../core/contract/validation.ts';
import type { Issue } from '../../../core/values/issue.ts';
import { trySeal } from '../../../emitter/seal.ts';
import { makeEvent } from '../../support/fixtures.ts';

const password = 'hunter2-plain';

/** States in which the value of the key violates the contract. */
const brokenStates: Record<string, [key: string, state: (key: string) => Record<string, unknown>]> = {
  'a URL with a password': [`postgres://app:${password}@db/x`, (key) => ({ map: { [key]: 1e300 } })],
  'a secret of another field': [password, (key) => ({ password, map: { [key]: 1e300 } })],
  'a secret in base64 of JSON': [
    Buffer.from(JSON.stringify([['Cookie', password]])).toString('base64'),
    (key) => ({ map: { [key]: 1e300 } }),
  ],
};

function pathsOf(result: { issues: readonly Issue[] } | object): string[] {
  if (!('issues' in result)) throw new Error('no issues');
  return result.issues.map(({ path }) => path);
}

describe('issue paths', () => {
  it.each(Object.entries(brokenStates))('hide a key that contains %s', (_what, [key, state]) => {
    const event = makeEvent({ eventId: 'e', detail: { after: state(key) } });
    const { source, 'detail-type': detailType, detail } = event;
    const paths = [
      pathsOf(checkEnvelope(event)),
      pathsOf(checkDetail(source, detailType, detail)),
      pathsOf(trySeal({ detailType, detail })),
    ];
    for (const [path] of paths) expect(path).toBe('/detail/after/map/…');
  });

  it('hide an unknown field name that contains a secret', () => {
    const event = makeEvent({ eventId: 'e', detail: { after: { password }, [password]: 1 } });
    expect(pathsOf(checkEnvelope(event))).toContain('/detail/…');
  });

  it('show other keys, escaped for JSON Pointer, with at most 64 characters', () => {
    const key = `a/b~${'c'.repeat(100)}`;
    const event = makeEvent({ eventId: 'e', detail: { after: { password, [key]: 1e300 } } });
    expect(pathsOf(checkEnvelope(event))).toEqual([`/detail/after/a~1b~0${'c'.repeat(60)}`]);
  });
});
