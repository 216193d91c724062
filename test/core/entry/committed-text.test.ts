import { describe, expect, it } from 'vitest';
import {
  toCommittedDispute,
  toCommittedEvidence,
  toCommittedText,
} from '../../../core/entry/committed-text.ts';
import type { LogEntry } from '../../../core/entry/entry.ts';
import { logEntrySchema } from '../../../core/entry/entry-schemas.ts';

/** An entry in which every optional field has a value. */
const full: LogEntry = {
  id: '01M71C2905DVJN1W1F9Q9K67TM',
  timestamp: '2026-11-10T00:00:00.005Z',
  recordedAt: '2026-11-10T00:00:01.500Z',
  late: false,
  organizationId: 'acme',
  user: {
    id: 'u-1',
    name: 'Asha Rao',
    type: 'agent',
    email: 'asha@acme.example',
    sourceIp: '198.51.100.7',
    userAgent: 'curl/8',
    onBehalfOf: { id: 'u-2', name: 'Ben Okafor' },
  },
  role: 'Admin',
  permission: 'resource:update',
  decision: 'ALLOWED',
  verdict: 'PERMITTED',
  grant: 'resource:*',
  roleKnown: true,
  roleMapVersion: 'abc',
  accountId: '111111111111',
  region: 'eu-west-1',
  environment: 'prod',
  action: 'UPDATE',
  target: { kind: 'RESOURCE', type: 'rds', id: 'res-1', name: 'orders-d', serviceName: 'checkout-api' },
  changedPaths: ['/size'],
  changeCount: 1,
  highlights: [{ path: '/size', op: 'replace', before: 1e21, after: 0.1 }],
  before: { size: 1e21, tiny: 5e-324 },
  after: { size: 0.1, safe: Number.MAX_SAFE_INTEGER },
  requestId: 'req-1',
  traceId: 'trace-1',
  reason: 'load',
  workRef: 'OPS-1',
  awsRequestIds: ['aws-1'],
  eventId: 'evt-1',
  source: 'mayaops.resources',
  producer: {
    account: '210987654321',
    envelopeId: 'envelope-1',
    time: '2026-11-10T00:00:00Z',
    redrivenBy: 'arn:aws:iam::1:role/a',
    editedBy: 'arn:aws:iam::1:role/b',
  },
  contentHash: 'a'.repeat(64),
  redactionVersion: 8,
  secretsDeclared: true,
  expiresAt: 1_800_000_000,
};

/** Version 1. This text never changes: leaves of stored entries commit to it. */
const fullText =
  '{"entry":{"accountId":"111111111111","action":"UPDATE","after":{"safe":9007199254740991,"size":0.1},' +
  '"awsRequestIds":["aws-1"],"before":{"size":1e+21,"tiny":5e-324},"changeCount":1,"changedPaths":["/size"],' +
  '"contentHash":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa","decision":"ALLOWED",' +
  '"environment":"prod","eventId":"evt-1","grant":"resource:*","highlights":[{"after":0.1,"before":1e+21,' +
  '"op":"replace","path":"/size"}],"id":"01M71C2905DVJN1W1F9Q9K67TM","late":false,"organizationId":"acme",' +
  '"permission":"resource:update","producer":{"account":"210987654321","editedBy":"arn:aws:iam::1:role/b",' +
  '"envelopeId":"envelope-1","redrivenBy":"arn:aws:iam::1:role/a","time":"2026-11-10T00:00:00Z"},"reason":"load",' +
  '"recordedAt":"2026-11-10T00:00:01.500Z","redactionVersion":8,"region":"eu-west-1","requestId":"req-1",' +
  '"role":"Admin","roleKnown":true,"roleMapVersion":"abc","secretsDeclared":true,"source":"mayaops.resources",' +
  '"target":{"id":"res-1","kind":"RESOURCE","name":"orders-d","serviceName":"checkout-api","type":"rds"},' +
  '"timestamp":"2026-11-10T00:00:00.005Z","traceId":"trace-1","user":{"email":"asha@acme.example","id":"u-1",' +
  '"name":"Asha Rao","onBehalfOf":{"id":"u-2","name":"Ben Okafor"},"sourceIp":"198.51.100.7","type":"agent",' +
  '"userAgent":"curl/8"},"verdict":"PERMITTED","workRef":"OPS-1"},"kind":"entry","version":1}';

describe('toCommittedText', () => {
  it('has exactly the text of version 1', () => {
    expect(toCommittedText(full, full)).toBe(fullText);
  });

  it('has every stored field except the expiry, which the leaf contains', () => {
    const fields = Object.keys(logEntrySchema.shape).filter((name) => name !== 'expiresAt');
    expect(Object.keys(JSON.parse(fullText).entry).sort()).toEqual(fields.sort());
  });

  it('refers to states outside the item by the hash of their object', () => {
    const statesObject = { sha256: 'b'.repeat(64), bytes: 400_000, retentionDays: 30 };
    const { entry } = JSON.parse(toCommittedText(full, { statesObject }));
    expect(entry.statesObject).toEqual({ sha256: 'b'.repeat(64), bytes: 400_000 });
    expect(entry).not.toHaveProperty('before');
  });

  it('leaves out fields that are absent', () => {
    const { secretsDeclared, user, ...rest } = full;
    const text = toCommittedText({ ...rest, user: { id: user.id, type: user.type } }, {});
    expect(JSON.parse(text).entry.user).toEqual({ id: 'u-1', type: 'agent' });
    expect(text).not.toContain('secretsDeclared');
  });
});

describe('toCommittedDispute and toCommittedEvidence', () => {
  it('name what they are, so that no text commits to two things', () => {
    const dispute = JSON.parse(toCommittedDispute({ entryId: full.id, slot: 2 }, full, full));
    expect(dispute).toEqual({
      version: 1,
      kind: 'dispute',
      entryId: full.id,
      slot: 2,
      event: JSON.parse(fullText).entry,
    });
    const evidence = { key: 'acme#1', oldItem: { a: 1 }, newItem: undefined, sequenceNumber: '7' };
    expect(toCommittedEvidence({ kind: 'removal', ...evidence })).toBe(
      '{"key":"acme#1","kind":"removal","oldItem":{"a":1},"sequenceNumber":"7","version":1}',
    );
  });
});
