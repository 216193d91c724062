// Sample events and factories for tests. Sample secrets are read from the event files and are never in this file.
import { readdirSync, readFileSync } from 'node:fs';
import type { Caller } from '../../core/access/caller.ts';
import { defaultRoleMap } from '../../core/access/role-map.ts';
import type { RecordingPolicy } from '../../core/recording/build-entry.ts';

const eventsFolder = new URL('../fixtures/events/', import.meta.url);

/** Names of the sample event files, sorted. */
export const sampleNames = readdirSync(eventsFolder)
  .filter((name) => name.endsWith('.json'))
  .sort();

/** Names of the valid sample events, including 12, the resend of event 05. */
export const goodSampleNames = sampleNames.filter((name) => !name.startsWith('bad-'));

// biome-ignore lint/suspicious/noExplicitAny: tests create invalid events
type LooseEvent = Record<string, any>;

export function readSample(name: string): LooseEvent {
  const file = sampleNames.find((candidate) => candidate.startsWith(name)) ?? name;
  return JSON.parse(readFileSync(new URL(file, eventsFolder), 'utf8')) as LooseEvent;
}

export function sampleFile(name: string): string {
  return new URL(name, eventsFolder).pathname;
}

export const producerAccount = '210987654321';

export const policy: RecordingPolicy = {
  roleMap: defaultRoleMap,
  producers: [{ account: producerAccount, organizations: '*' }],
};

/** A time after all sample events. */
export const now = Date.parse('2026-11-20T12:00:00.000Z');

export interface EventOptions {
  readonly eventId?: string;
  readonly occurredAt?: string;
  readonly organizationId?: string;
  readonly detailType?: string;
  readonly account?: string;
  readonly detail?: LooseEvent;
}

let sequence = 0;

/** An envelope with a valid resource update, with the given changes. */
export function makeEvent(options: EventOptions = {}): LooseEvent {
  const base = readSample('05');
  const detailType = options.detailType ?? base['detail-type'];
  const kind = detailType.startsWith('Service') ? 'SERVICE' : 'RESOURCE';
  const detail = {
    ...base.detail,
    eventId: options.eventId ?? `evt-${++sequence}`,
    occurredAt: options.occurredAt ?? base.detail.occurredAt,
    organizationId: options.organizationId ?? base.detail.organizationId,
    target: { ...base.detail.target, kind },
    ...options.detail,
  };
  if (detailType.endsWith('Created')) delete detail.before;
  if (detailType.endsWith('Deleted')) delete detail.after;
  return {
    ...base,
    id: `envelope-${++sequence}`,
    account: options.account ?? producerAccount,
    source: kind === 'SERVICE' ? 'mayaops.services' : 'mayaops.resources',
    'detail-type': detailType,
    detail,
  };
}

export function makeCaller(overrides: Partial<Caller> = {}): Caller {
  return { userId: 'u-1', organizationId: 'acme', role: 'Auditor', accounts: undefined, ...overrides };
}

/** The secrets in the sample events, which no output of the product can contain. */
export function sampleSecrets(): string[] {
  const secrets = new Set<string>();
  const secretFields = /password|authtoken|secret|api_key|access_key/i;
  const visit = (value: unknown, key: string) => {
    if (typeof value === 'string') {
      if (secretFields.test(key)) secrets.add(value);
      const url = /:\/\/[^:/]+:([^@]+)@/.exec(value);
      if (url?.[1]) secrets.add(url[1]);
    } else if (typeof value === 'object' && value !== null) {
      for (const [childKey, child] of Object.entries(value)) visit(child, childKey);
    }
  };
  for (const name of sampleNames) visit(readSample(name), '');
  return [...secrets];
}
