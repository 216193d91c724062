import { describe, expect, it } from 'vitest';
import { defaultRoleMap } from '../../../core/access/role-map.ts';
import { contentOf } from '../../../core/entry/content.ts';
import { buildEntry } from '../../../core/recording/build-entry.ts';
import { type ServiceEvent, seal } from '../../../emitter/index.ts';
import { goodSampleNames, makeEvent, now, policy, readSample } from '../../support/fixtures.ts';

function admitted(event: unknown, policyOverrides = {}, nowMillis = now) {
  const built = buildEntry(event, { ...policy, ...policyOverrides }, nowMillis);
  if ('issues' in built) throw new Error(JSON.stringify(built.issues));
  return built.entry;
}

function issuesOf(event: unknown, nowMillis = now) {
  const built = buildEntry(event, policy, nowMillis);
  return 'issues' in built ? built.issues : [];
}

describe('buildEntry', () => {
  it.each(goodSampleNames)('builds an entry from %s', (name) => {
    const event = readSample(name);
    const entry = admitted(event);
    const { detail } = event;
    expect(entry).toMatchObject({
      timestamp: new Date(detail.occurredAt).toISOString(),
      organizationId: detail.organizationId,
      user: { id: detail.actor.userId, type: detail.actor.type },
      role: detail.actor.role,
      permission: detail.authorization.permission,
      decision: detail.authorization.decision,
      accountId: detail.accountId,
      region: detail.region,
      target: detail.target,
      eventId: detail.eventId,
      producer: { account: event.account, envelopeId: event.id, time: event.time },
    });
    expect(entry.id).toMatch(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
  });

  it('assigns the samples the verdicts in their description', () => {
    const verdict = (name: string) => admitted(readSample(name)).verdict;
    expect(verdict('01')).toBe('PERMITTED');
    expect(verdict('09')).toBe('DENIED');
    expect(verdict('10')).toBe('VIOLATION');
    expect(verdict('11')).toBe('PERMITTED');
  });

  it('keeps whether the role map has the role, also for a denied attempt', () => {
    expect(admitted(readSample('09'))).toMatchObject({ verdict: 'DENIED', roleKnown: true });
    const unknown = admitted(readSample('09'), { roleMap: { Auditor: [] } });
    expect(unknown).toMatchObject({ verdict: 'DENIED', roleKnown: false });
  });

  it('keeps the work reference, the AWS request IDs and the person that an agent acts for', () => {
    const actor = {
      userId: 'agent-1',
      type: 'agent',
      role: 'Operator',
      onBehalfOf: { userId: 'u-2077', name: 'Ben Okafor' },
    };
    const links = { workRef: 'https://tickets.example/OPS-7', awsRequestIds: ['A1B2C3D4E5F6A7B8'] };
    const event = makeEvent({ detail: { actor, ...links } });
    const entry = admitted(event);
    expect(entry).toMatchObject({
      ...links,
      user: { id: 'agent-1', type: 'agent', onBehalfOf: { id: 'u-2077', name: 'Ben Okafor' } },
    });
    expect(contentOf(entry).detail).toMatchObject({ actor, ...links });
    for (const change of [
      { workRef: 'OPS-8' },
      { awsRequestIds: [] },
      { actor: { ...actor, onBehalfOf: { userId: 'u-2' } } },
    ]) {
      const other = admitted(makeEvent({ detail: { actor, ...links, ...change } }));
      expect(other.contentHash).not.toBe(entry.contentHash);
    }
  });

  it('hides secrets in the work reference and in the name of the person, and keeps AWS request IDs', () => {
    const awsRequestIds = ['VV4KQNSO5AEMVJF66Q9ASUAAJGVV4KQNSO5AEMVJF66Q9ASUAAJG'];
    const detail = {
      workRef: 'https://ops:kachel-24-zaun@tickets.example/7',
      awsRequestIds,
      actor: {
        userId: 'agent-1',
        type: 'agent',
        role: 'Operator',
        onBehalfOf: { userId: 'u-2077', name: 'password=kachel-24-zaun' },
      },
    };
    const event = makeEvent({ eventId: 'e', detail });
    const entry = admitted(event);
    expect(JSON.stringify(entry)).not.toContain('kachel');
    expect(entry.workRef).toMatch(/^https:\/\/ops:\[REDACTED:\d\]@tickets\.example\/7$/);
    expect(entry.awsRequestIds).toEqual(awsRequestIds);
    const sealed = seal({
      detailType: 'Resource Updated',
      detail: event.detail,
    } as ServiceEvent);
    expect(admitted({ ...event, detail: sealed.detail }).contentHash).toBe(entry.contentHash);
  });

  it('gives an event without the fields of later releases the content hash that it always had', () => {
    expect(admitted(readSample('01')).contentHash).toBe(
      '4ad2912292c16ce5e9782aea87aacb1d2a8e2be55a37f21163bc92943a5c309c',
    );
    expect(admitted(readSample('05')).contentHash).toBe(
      '0ac0d1d93a752043b9538e37eefa61be71659a038344884973ed755e9cfead77',
    );
  });

  it('derives the same ID and content hash for a resend under any envelope, role map and time', () => {
    const first = admitted(readSample('05'));
    const resent = admitted(readSample('12'), { roleMap: { Developer: [] } }, now + 1e9);
    expect(resent.id).toBe(first.id);
    expect(resent.contentHash).toBe(first.contentHash);
    expect(resent.verdict).toBe('VIOLATION');
  });

  it('derives a different content hash if anything except the envelope differs', () => {
    const hash = (detail: object) => admitted(makeEvent({ eventId: 'x', detail })).contentHash;
    const hashes = [
      hash({}),
      hash({ reason: 'another' }),
      hash({ requestId: 'r' }),
      hash({ occurredAt: '2026-11-09T13:27:18.006Z' }),
      hash({ environment: 'test' }),
      hash({ after: {} }),
    ];
    expect(new Set(hashes).size).toBe(hashes.length);
  });

  it('derives the same content hash for the same time in another notation', () => {
    const hash = (occurredAt: string) => admitted(makeEvent({ eventId: 'x', occurredAt })).contentHash;
    expect(hash('2026-11-09T14:27:18.005+01:00')).toBe(hash('2026-11-09T13:27:18.005Z'));
  });

  it('lists the first changes and counts all of them', () => {
    const after = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`field-${i}`, i]));
    const entry = admitted(makeEvent({ detail: { before: {}, after } }));
    expect(entry.changeCount).toBe(30);
    expect(entry.changedPaths).toHaveLength(10);
  });

  it('limits the changed paths to the size of an index entry', () => {
    const after = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`${i}-${'x'.repeat(60)}`, i]));
    const { changedPaths } = admitted(makeEvent({ detail: { before: {}, after } }));
    expect(Buffer.byteLength(changedPaths.join(''))).toBeLessThanOrEqual(240);
    expect(changedPaths.length).toBeGreaterThan(0);
  });

  it('marks entries as late that are recorded more than 15 minutes after the action', () => {
    const occurredAt = '2026-11-09T13:27:18.005Z';
    const at = (minutes: number) => Date.parse(occurredAt) + minutes * 60_000;
    expect(admitted(makeEvent({ occurredAt }), {}, at(15)).late).toBe(false);
    expect(admitted(makeEvent({ occurredAt }), {}, at(15) + 1).late).toBe(true);
  });

  it('computes the expiry from the time of the action', () => {
    const entry = admitted(makeEvent({ occurredAt: '2026-11-01T00:00:00Z' }), { retentionDays: 30 });
    expect(entry.expiresAt).toBe(Date.parse('2026-12-01T00:00:00Z') / 1000);
  });

  it('accepts an event 15 minutes in the future, and rejects a later one', () => {
    const ahead = (millis: number) => makeEvent({ occurredAt: new Date(now + millis).toISOString() });
    expect(issuesOf(ahead(15 * 60_000))).toEqual([]);
    expect(issuesOf(ahead(15 * 60_000 + 1))).toMatchObject([
      { path: '/detail/occurredAt', code: 'IN_THE_FUTURE', message: expect.stringContaining('15 minutes') },
    ]);
  });

  it('rejects an account that is not allowed to write for the organization', () => {
    expect(issuesOf(makeEvent({ account: '999999999999' }))).toMatchObject([
      { path: '/detail/organizationId', code: 'PRODUCER_NOT_ALLOWED' },
    ]);
    const producers = [{ account: '210987654321', organizations: ['globex'] }];
    expect(buildEntry(makeEvent(), { ...policy, producers }, now)).toHaveProperty('issues');
    expect(buildEntry(makeEvent({ organizationId: 'globex' }), { ...policy, producers }, now)).toHaveProperty(
      'entry',
    );
  });

  it.each([
    ['bad-unknown-region', '/detail/region', 'INVALID_VALUE'],
    ['bad-update-without-before', '/detail/before', 'MISSING_STATE'],
  ])('rejects %s', (name, path, code) => {
    expect(issuesOf(readSample(name))).toMatchObject([
      { path, code, message: expect.stringContaining('must') },
    ]);
  });

  it.each<[string, object, string, string]>([
    ['an unknown field', { extra: 1 }, '/detail/extra', 'UNKNOWN_FIELD'],
    ['another spec version', { specVersion: '2' }, '/detail/specVersion', 'INVALID_VALUE'],
    [
      'a time without an offset',
      { occurredAt: '2026-11-09T13:27:18' },
      '/detail/occurredAt',
      'INVALID_VALUE',
    ],
    [
      'a day that does not exist',
      { occurredAt: '2026-02-30T00:00:00Z' },
      '/detail/occurredAt',
      'INVALID_VALUE',
    ],
    ['an event ID with spaces', { eventId: 'a b' }, '/detail/eventId', 'INVALID_VALUE'],
    [
      'an event ID that is a credential',
      { eventId: `ghp_${'a1'.repeat(18)}` },
      '/detail/eventId',
      'SECRET_IDENTIFIER',
    ],
    [
      'a work reference with a URL of another scheme',
      { workRef: 'ftp://tickets.example/1' },
      '/detail/workRef',
      'INVALID_VALUE',
    ],
    ['a work reference of 513 characters', { workRef: 'x'.repeat(513) }, '/detail/workRef', 'INVALID_VALUE'],
    ['a work reference of two lines', { workRef: 'a\nb' }, '/detail/workRef', 'INVALID_VALUE'],
    [
      'an AWS request ID with a space',
      { awsRequestIds: ['a b'] },
      '/detail/awsRequestIds/0',
      'INVALID_VALUE',
    ],
    [
      'an AWS request ID that is a credential',
      { awsRequestIds: ['5b1c1f2e-0c7d-4d0e-9a3e-6f1f5f0f7c21', `AKIA${'Q3EGRMZ5OTWYPLX7'}`] },
      '/detail/awsRequestIds/1',
      'SECRET_IDENTIFIER',
    ],
    [
      'more than 20 AWS request IDs',
      { awsRequestIds: Array.from({ length: 21 }, () => 'A1B2C3D4E5F6A7B8') },
      '/detail/awsRequestIds',
      'INVALID_VALUE',
    ],
    [
      'an actor of an unknown type',
      { actor: { userId: 'u', type: 'robot', role: 'Admin' } },
      '/detail/actor/type',
      'INVALID_VALUE',
    ],
    [
      'a declared secret that is part of the work reference',
      { workRef: 'OPS-12345678', reason: 'OPS-12345678', secretPaths: ['/reason'] },
      '/detail/secretPaths/0',
      'INVALID_VALUE',
    ],
    [
      'a path that declares the work reference a secret',
      { workRef: 'OPS-12345678', secretPaths: ['/workRef'] },
      '/detail/secretPaths/0',
      'INVALID_VALUE',
    ],
    ['an organization ID with #', { organizationId: 'a#b' }, '/detail/organizationId', 'INVALID_VALUE'],
    ['a short account', { accountId: '12' }, '/detail/accountId', 'INVALID_VALUE'],
    ['an actor that is not an object', { actor: 'me' }, '/detail/actor', 'INVALID_VALUE'],
    [
      'a control character in a name',
      { actor: { userId: 'u\u001b[2J', type: 'user', role: 'Admin' } },
      '/detail/actor/userId',
      'INVALID_VALUE',
    ],
    ['a state that is a list', { after: [] }, '/detail/after', 'INVALID_VALUE'],
    [
      'the wrong kind',
      { target: { kind: 'SERVICE', type: 'rds', id: 'i', name: 'n' } },
      '/detail/target/kind',
      'MISMATCH',
    ],
    ['a number that is not exact', { after: { n: 2 ** 60 } }, '/detail/after/n', 'INEXACT_NUMBER'],
    ['a lone surrogate', { after: { s: '\ud800' } }, '/detail/after/s', 'MALFORMED_TEXT'],
  ])('rejects %s, with the path of the field', (_case, detail, path, code) => {
    expect(issuesOf(makeEvent({ detail }))[0]).toMatchObject({ path, code });
  });

  it.each<[string, object, string]>([
    ['the detail', { 'a/b': 1 }, 'specVersion, eventId, occurredAt, organizationId, actor, authorization,'],
    [
      'a nested object',
      { authorization: { permission: 'resource:update', decision: 'ALLOWED', reason: 'x' } },
      'permission, decision',
    ],
    ['an optional object', { redaction: { version: 1, by: 'x' } }, 'version'],
  ])('lists the allowed fields for an unknown field in %s', (_place, detail, fields) => {
    const [issue] = issuesOf(makeEvent({ detail }));
    expect(issue?.code).toBe('UNKNOWN_FIELD');
    expect(issue?.message).toContain(`is not a field of the contract; the fields here are ${fields}`);
  });

  it('lists the allowed fields once per object', () => {
    const target = { kind: 'RESOURCE', type: 'rds', id: 'i', name: 'n', color: 'red', size: 1 };
    const issues = issuesOf(makeEvent({ detail: { target, one: 1, two: 2, three: 3 } }));
    const told = issues.map(({ path, code, message }) => [path, code, message.split(' the fields here')[0]]);
    expect(told.sort()).toEqual(
      [
        ['/detail/one', 'is not a field of the contract;'],
        ['/detail/target/color', 'is not a field of the contract;'],
        ['/detail/target/size', 'is not a field of the contract'],
        ['/detail/three', 'is not a field of the contract'],
        ['/detail/two', 'is not a field of the contract'],
      ].map(([path, message]) => [path, 'UNKNOWN_FIELD', message]),
    );
  });

  it('rejects states that do not match the action', () => {
    const created = makeEvent({ detailType: 'Resource Created' });
    expect(issuesOf({ ...created, detail: { ...created.detail, before: {} } })).toMatchObject([
      { path: '/detail/before', code: 'UNEXPECTED_STATE' },
    ]);
  });

  it('rejects a source that does not match the detail-type', () => {
    expect(issuesOf({ ...makeEvent(), source: 'mayaops.services' })).toMatchObject([
      { path: '/source', code: 'MISMATCH' },
    ]);
  });

  it('rejects __proto__ keys and does not pollute prototypes', () => {
    const event = JSON.parse(
      JSON.stringify(makeEvent()).replace('"after":{', '"after":{"__proto__":{"polluted":1},'),
    );
    expect(issuesOf(event)).toMatchObject([{ path: '/detail/after/__proto__', code: 'FORBIDDEN_KEY' }]);
    expect(Object.prototype).not.toHaveProperty('polluted');
  });

  it('rejects an event nested more than 32 levels deep', () => {
    const nested = (depth: number) => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`);
    expect(issuesOf(makeEvent({ detail: { after: nested(30) } }))).toEqual([]);
    expect(issuesOf(makeEvent({ detail: { after: nested(31) } }))[0]).toMatchObject({ code: 'TOO_DEEP' });
  });

  it.each([undefined, null, 1, 'text', [], {}])('rejects %j without throwing', (event) => {
    expect(issuesOf(event).length).toBeGreaterThan(0);
  });

  it('stores the grant and the version of the role map', () => {
    expect(admitted(readSample('02'))).toMatchObject({ grant: 'service:*', verdict: 'PERMITTED' });
    const other = admitted(readSample('02'), { roleMap: { ...defaultRoleMap, Developer: ['*'] } });
    expect(other.roleMapVersion).not.toBe(admitted(readSample('02')).roleMapVersion);
  });
});
