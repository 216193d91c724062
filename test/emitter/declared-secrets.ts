// Collects everything that the product sends, stores, rejects, logs and returns for an event, and checks that no
// part of a declared secret is in it.
import { expect, vi } from 'vitest';
import type { EventDetail } from '../../core/contract/event.ts';
import { redactDetail } from '../../core/contract/redact-detail.ts';
import { directoryRowsOf } from '../../core/directory/directory-rows.ts';
import { columnSets } from '../../core/export/export-format.ts';
import { exportFormats } from '../../core/export/export-formats.ts';
import { exportPage } from '../../core/export/export-page.ts';
import { Recorder } from '../../core/recording/recorder.ts';
import { lookUpEntry } from '../../core/search/entry-lookup.ts';
import { search } from '../../core/search/search.ts';
import { InvalidEventError, type ServiceEvent, seal } from '../../emitter/index.ts';
import { entryResult } from '../../functions/shared/entry-result.ts';
import { reportOutcome } from '../../functions/shared/record-report.ts';
import { encodeDetail, unpackDetail } from '../../store/detail-codec.ts';
import { readingsOf, windowsOf } from '../core/redaction/declared/readings.ts';
import { makeCaller, makeEvent, now, policy } from '../support/fixtures.ts';
import { makeQuery, memoryPorts } from '../support/search.ts';
import type { DeclaredCase } from './declared-cases.ts';

/** No part of a secret with this length can remain, unless the rest of the event contains it too. */
const certainLength = 8;

type Outputs = Readonly<Record<string, unknown>>;

/** What the emitter sends, and what it reports for an invalid version of the event. */
function emitterOutputs({ event }: DeclaredCase): Outputs {
  const refuse = (broken: unknown) => {
    try {
      return seal(broken as ServiceEvent);
    } catch (error) {
      if (error instanceof InvalidEventError) return { message: error.message, issues: error.issues };
      throw error;
    }
  };
  const { detail } = event;
  return {
    sent: seal(event),
    'rejected by the emitter': [
      refuse({ ...event, detail: { ...detail, region: 'nowhere' } }),
      refuse({ ...event, detail: { ...detail, [String(detail.reason)]: 1 } }),
      refuse({
        ...event,
        detail: { ...detail, after: { ...detail.after, [String(detail.reason)]: Number.NaN } },
      }),
    ],
  };
}

/** Records events as messages, and returns what is stored, rejected, logged and returned. */
async function recorderOutputs(details: readonly object[]): Promise<Outputs> {
  const ports = await memoryPorts([]);
  const rejected: string[] = [];
  const deadLetters: string[] = [];
  const queue = (messages: string[]) => ({
    send: async (body: string, attributes: object) => {
      messages.push(body, JSON.stringify(attributes));
    },
  });
  const recorder = new Recorder(
    { ...ports, rejected: queue(rejected), deadLetters: queue(deadLetters) },
    policy,
    () => now,
  );
  const outcomes = await recorder.record(details.map((detail) => JSON.stringify({ ...makeEvent(), detail })));
  expect(deadLetters).toEqual([]);
  const statuses = outcomes.map(({ status }) => status);
  const lines: string[] = [];
  const write = (text: string | Uint8Array) => lines.push(String(text)) > 0;
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, 'write').mockImplementation(write),
  );
  for (const outcome of outcomes) reportOutcome({ messageId: 'm', xrayTraceId: undefined }, outcome);
  for (const spy of spies) spy.mockRestore();
  const caller = makeCaller();
  const page = await search(makeQuery(), caller, ports);
  const entries = await Promise.all(page.items.map(({ id }) => lookUpEntry(id, caller, ports)));
  const found = entries.flatMap((one) => (one === undefined ? [] : [one]));
  const formats = Object.values(exportFormats).flatMap((create) =>
    columnSets.map((columns) => create({ columns, isForSpreadsheet: false })),
  );
  const exported = await Promise.all(formats.map((format) => exportPage(makeQuery(), format, caller, ports)));
  return {
    statuses,
    stored: found.map(({ entry }) => [JSON.parse(unpackDetail(encodeDetail(entry))), directoryRowsOf(entry)]),
    rejected: rejected.map((body) => JSON.parse(body)),
    logged: lines.map((line) => (line.startsWith('{') ? JSON.parse(line) : line)),
    answered: found.map((one) => JSON.parse(entryResult(one, undefined).body ?? '')),
    listed: page,
    exported: exported.map(({ body }) => body.split('\r\n')),
  };
}

/** Expects no part of a declared value in what is sent and recorded. Does not check stores, logs and responses. */
export function expectRedacted({ event, rawDetail, plainDetail, values }: DeclaredCase): void {
  const recorded = redactDetail(rawDetail as unknown as EventDetail);
  expectNoParts(values, plainDetail, { sent: seal(event), recorded });
}

/** Expects no part of a declared value in any output, unless the rest of the event contains that part too. */
export async function expectHidden(declared: DeclaredCase): Promise<void> {
  const { rawDetail, plainDetail, values } = declared;
  const emitted = emitterOutputs(declared);
  const sealed = emitted.sent as ReturnType<typeof seal>;
  expect(seal(sealed)).toEqual(sealed);
  const recorded = await recorderOutputs([
    rawDetail,
    { ...sealed.detail },
    { ...rawDetail, eventId: 'evt-region', region: 'nowhere' },
    { ...rawDetail, eventId: 'evt-field', [String(rawDetail.reason)]: rawDetail.after },
    { ...rawDetail, eventId: 'evt-tenant', occurredAt: '2026-12-24T00:00:00Z' },
    { ...rawDetail, requestId: 'conflict' },
  ]);
  expect(recorded.statuses).toEqual(['recorded', 'recorded', 'rejected', 'rejected', 'rejected', 'rejected']);
  expectNoParts(values, plainDetail, { ...emitted, ...recorded });
}

function expectNoParts(values: readonly string[], plainDetail: unknown, outputs: Outputs): void {
  const left = partsIn(
    values.flatMap((value) => windowsOf(value, certainLength)),
    [outputs],
  );
  const shared = new Set(left.length === 0 ? [] : partsIn(left, [plainDetail]));
  for (const part of left.filter((one) => !shared.has(one))) {
    const [name, output] = Object.entries(outputs).find(([, one]) => partsIn([part], [one]).length > 0) ?? [];
    const texts = [...readingsOf([output])].filter((text) => text.includes(part));
    expect.fail(`${JSON.stringify(part)} of ${JSON.stringify(values)} is ${name}: ${JSON.stringify(texts)}`);
  }
}

/** Returns the parts that the outputs contain, in plain text or encoded. */
function partsIn(parts: readonly string[], outputs: readonly unknown[]): string[] {
  const readings = [...readingsOf(outputs)].join('\0');
  return parts.filter((part) => readings.includes(part));
}
