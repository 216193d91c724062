import { describe, expect, it } from 'vitest';
import { canonicalContent, contentOf } from '../../../core/entry/content.ts';
import { makeEntry } from '../../support/entries.ts';

const entry = makeEntry({ eventId: 'e-1' });
const canonicalOf = (overrides: object) => canonicalContent(contentOf({ ...entry, ...overrides }));

describe('contentOf', () => {
  it('contains every contract field, and leaves out what is absent', () => {
    const all = {
      environment: 'prod',
      requestId: 'r',
      traceId: 't',
      reason: 'why',
      workRef: 'OPS-1',
      awsRequestIds: ['a'],
      user: {
        ...entry.user,
        name: 'Asha',
        email: 'a@example.com',
        sourceIp: '10.0.0.1',
        userAgent: 'curl',
        onBehalfOf: { id: 'u-2', name: 'Ben' },
      },
    };
    const { detail } = contentOf({ ...entry, ...all });
    const { id: userId, ...actor } = all.user;
    const { user: _, ...links } = all;
    expect(detail).toMatchObject({
      ...links,
      actor: { ...actor, userId, role: entry.role, onBehalfOf: { userId: 'u-2', name: 'Ben' } },
    });
    expect(canonicalOf({ environment: undefined, reason: undefined })).not.toContain('undefined');
    expect(Object.keys(contentOf({ ...entry, environment: undefined }).detail)).not.toContain('environment');
  });

  it('changes with each field', () => {
    const changes = [
      {},
      { reason: 'a' },
      { traceId: 'a' },
      { requestId: 'a' },
      { workRef: 'a' },
      { role: 'a' },
    ];
    const more = [
      { after: { a: 1 } },
      { before: { a: 1 } },
      { awsRequestIds: ['a'] },
      { decision: 'DENIED' },
    ];
    expect(new Set([...changes, ...more].map(canonicalOf)).size).toBe(changes.length + more.length);
  });
});

describe('canonicalContent', () => {
  const stateOf = (after: object) => canonicalOf({ after });

  it('writes numbers that a double holds after rounding as doubles, and other exact numbers as they are', () => {
    expect(stateOf({ list: [{ $number: '-0' }, { $number: '0.10000000000000001' }] })).toBe(
      stateOf({ list: [0, 0.1] }),
    );
    const large = stateOf({ deep: { id: { $number: '10000000000000000001' } }, list: [] });
    expect(large).toContain('"after":{"deep":{"id":{"$number":"10000000000000000001"}},"list":[]}');
    expect(stateOf({ note: '{"$number":"-0"}' })).toContain('"note":"{\\"$number\\":\\"-0\\"}"');
  });
});
