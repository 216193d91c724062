// Numbers that a double cannot hold, from the text of an event to what readers see.
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { summarizeChanges } from '../../../core/changes/change-summary.ts';
import { listChanges } from '../../../core/changes/changes.ts';
import { contentOf } from '../../../core/entry/content.ts';
import { hashContent } from '../../../core/entry/content-hash.ts';
import { type LogEntry, toListItem } from '../../../core/entry/entry.ts';
import { exportFormats } from '../../../core/export/export-formats.ts';
import { buildEntry } from '../../../core/recording/build-entry.ts';
import { parseBody } from '../../../core/recording/ingest-message.ts';
import { Recorder } from '../../../core/recording/recorder.ts';
import { decodeStates, encodeStates } from '../../../store/detail-codec.ts';
import { decodeView, encodeView } from '../../../store/view-codec.ts';
import { makeEvent, now, policy } from '../../support/fixtures.ts';
import { recordOne } from '../../support/record.ts';
import { memoryPorts } from '../../support/search.ts';

/** The text of an event whose states have these numbers as they are written here. */
function bodyOf(before: string, after: string, options: { eventId?: string; detail?: object } = {}): string {
  const event = makeEvent({
    eventId: options.eventId ?? 'exact',
    detail: { before: { n: 'BEFORE' }, after: { n: 'AFTER' }, ...options.detail },
  });
  return JSON.stringify(event).replace('"BEFORE"', before).replace('"AFTER"', after);
}

function entryOf(body: string, parseText: (text: string) => unknown = readEnvelope): LogEntry {
  const built = buildEntry(parseText(body), policy, now);
  if ('issues' in built) throw new Error(JSON.stringify(built.issues));
  return built.entry;
}

function readEnvelope(body: string): unknown {
  const parsed = parseBody(body);
  return 'envelope' in parsed ? parsed.envelope : undefined;
}

const large = ['10000000000000000001', '10000000000000000002'] as const;

describe('a number that a double cannot hold', () => {
  it('is recorded as it was written, in states, changes and highlights', () => {
    const entry = entryOf(bodyOf(...large));
    expect(entry).toMatchObject({
      before: { n: { $number: large[0] } },
      after: { n: { $number: large[1] } },
    });
    expect(listChanges(entry.before, entry.after)).toEqual([
      { path: '/n', op: 'replace', before: { $number: large[0] }, after: { $number: large[1] } },
    ]);
    expect([entry.changeCount, entry.changedPaths]).toEqual([1, ['/n']]);
    expect(summarizeChanges(entry)).toBe(`n: ${large[0]} → ${large[1]}`);
    expect(decodeStates(encodeStates(entry))).toEqual({ before: entry.before, after: entry.after });
    const item = toListItem(entry);
    expect(decodeView('acme', entry.id, encodeView(item)).highlights).toEqual(item.highlights);
    const [row]: Record<string, string>[] = parse(
      exportFormats.csv({ columns: 'list', isForSpreadsheet: false }).header +
        exportFormats.csv({ columns: 'list', isForSpreadsheet: false }).toLine(item),
      { columns: true },
    );
    expect(row?.changeSummary).toBe(`n: ${large[0]} -> ${large[1]}`);
  });

  it.each([
    ['1e400', '10e399'],
    ['-0', '0'],
    ['0.10000000000000001', '0.100000000000000010'],
  ])('shows no change from %s to %s', (before, after) => {
    const entry = entryOf(bodyOf(before, after));
    expect([entry.changeCount, listChanges(entry.before, entry.after)]).toEqual([0, []]);
  });

  it.each([['1e21'], ['-1.5e300'], ['-0'], ['123456789.123456789123456789']])('keeps %s', (text) => {
    expect(entryOf(bodyOf('1', text)).after).toEqual({ n: { $number: text } });
  });

  it('is a conflict if it differs, and a duplicate if it is equal', async () => {
    const queue = { send: async () => {} };
    const recorder = new Recorder(
      { ...(await memoryPorts([])), rejected: queue, deadLetters: queue },
      policy,
      () => now,
    );
    const statuses = [];
    for (const after of [large[0], large[0], large[1], `{"$number":"${large[0]}"}`]) {
      statuses.push((await recordOne(recorder, bodyOf('1', after))).status);
    }
    expect(statuses).toEqual(['recorded', 'duplicate', 'rejected', 'duplicate']);
  });

  it('does not change the hash of an event that earlier releases recorded', () => {
    for (const text of ['1', '1.0', '-0', '0.10000000000000001', '3.14159265358979323846', '1.5e-300']) {
      const body = bodyOf('1', text);
      const before = entryOf(body, JSON.parse);
      expect(entryOf(body).contentHash).toBe(before.contentHash);
      expect(hashContent(contentOf(before))).toBe(before.contentHash);
    }
    expect(entryOf(bodyOf('1', '1.0')).contentHash).toBe(entryOf(bodyOf('1', '1')).contentHash);
    expect(entryOf(bodyOf('1', large[0])).contentHash).not.toBe(entryOf(bodyOf('1', large[1])).contentHash);
  });

  it('is redacted where another number would be', () => {
    const secret = '12345678901234567890';
    const named = bodyOf('1', '2', { detail: { after: { n: 'AFTER', masterUserPassword: 'X' } } });
    expect(JSON.stringify(entryOf(named.replace('"X"', secret)))).not.toContain(secret);
    const declared = bodyOf('1', secret, {
      detail: { secretPaths: ['/after/n'], reason: `it is ${secret}` },
    });
    const entry = entryOf(declared);
    expect(JSON.stringify(entry)).not.toContain(secret);
    expect(entry.after).toEqual({ n: expect.stringMatching(/^\[REDACTED:\d+\]$/) });
  });
});
