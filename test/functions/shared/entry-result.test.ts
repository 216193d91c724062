import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../core/entry/entry.ts';
import type { Dispute } from '../../../core/entry/entry-response-schemas.ts';
import { makeEntry } from '../../support/entries.ts';
import { makeLargeEntry } from '../../support/large-entries.ts';

// The handler reads these variables when it loads.
process.env.IDENTITY_CLAIMS = '{}';
const { entryResult } = await import('../../../functions/shared/entry-result.ts');

const lambdaBytes = 6 * 1024 * 1024;
const withStates = (before: LogEntry['before'], after: LogEntry['after']): LogEntry => ({
  ...makeEntry({ eventId: 'states' }),
  before,
  after,
});

describe('entryResult', () => {
  it('shows the largest possible states of an event completely, with their changes', () => {
    const entry = makeLargeEntry({ eventId: 'large' }, 1_040_000);
    const result = entryResult({ entry, disputes: [] }, undefined);
    expect(Buffer.byteLength(JSON.stringify(result))).toBeLessThan(lambdaBytes);
    const { changes, changesOmitted, ...shown } = JSON.parse(result.body ?? '');
    expect(shown).toEqual(entry);
    expect(changes.length).toBeGreaterThan(0);
    expect(changesOmitted).toBeUndefined();
  });

  it.each([
    ['control characters', '\u0000', 170_000],
    ['quotes', '"', 500_000],
    ['backslashes', '\\', 500_000],
  ])('shows 1 MB of %s completely', (_, character, count) => {
    const entry = withStates({ text: '' }, { text: character.repeat(count) });
    const result = entryResult({ entry, disputes: [] }, undefined);
    expect(Buffer.byteLength(JSON.stringify(result))).toBeLessThan(lambdaBytes);
    expect(JSON.parse(result.body ?? '')).toMatchObject({ after: entry.after, changes: [{ op: 'replace' }] });
  });

  it.each([
    ['are many', withStates({ list: Array(250_000).fill(1) }, { list: Array(250_000).fill(2) })],
    [
      'have long paths',
      withStates(
        { ['k'.repeat(200_000)]: Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`f${i}`, 1])) },
        { ['k'.repeat(200_000)]: Object.fromEntries(Array.from({ length: 20_000 }, (_, i) => [`f${i}`, 2])) },
      ),
    ],
  ])('omits and flags changes that %s', (_, entry) => {
    const result = entryResult({ entry, disputes: [] }, 'gzip');
    expect(Buffer.byteLength(JSON.stringify(result))).toBeLessThan(lambdaBytes);
    expect(JSON.parse(result.body ?? '')).toEqual({ ...entry, changes: [], changesOmitted: true });
  });

  it('compresses states that redaction made larger than the response limit', () => {
    const markers = Array.from({ length: 450_000 }, () => '[REDACTED:1]');
    const entry = withStates({}, { environmentVariables: markers });
    const result = entryResult({ entry, disputes: [] }, 'deflate, gzip;q=1.0, br');
    expect(result).toMatchObject({ isBase64Encoded: true, headers: { 'content-encoding': 'gzip' } });
    expect(entryResult({ entry, disputes: [] }, 'br, GZIP ; q=0.5')).toEqual(result);
    const body = gunzipSync(Buffer.from(result.body ?? '', 'base64')).toString();
    expect(JSON.parse(body)).toEqual({ ...entry, changes: [], changesOmitted: true });
    for (const refusing of [undefined, 'br', 'gzip;q=0', 'gzip; q=0.000, br']) {
      expect(() => entryResult({ entry, disputes: [] }, refusing), refusing).toThrow(/accept-encoding: gzip/);
    }
  });

  it('omits the differences of disputes before the changes, and flags it', () => {
    const entry = withStates({ a: 1 }, { a: 2 });
    const differences = [{ path: '/after', op: 'replace', before: 1, after: 'x'.repeat(6_000_000) }] as const;
    const dispute = { recordedAt: entry.recordedAt, contentHash: 'other', producer: entry.producer };
    const small = { ...dispute, differences: [{ path: '/actor/userId', op: 'replace' as const }] };
    const shownOf = (disputes: readonly Dispute[]) =>
      JSON.parse(entryResult({ entry, disputes }, undefined).body ?? '');
    expect(shownOf([small]).disputes).toEqual([small]);
    expect(shownOf([{ ...dispute, differences: [...differences] }, small])).toMatchObject({
      changes: [{ path: '/a' }],
      disputes: [
        { ...dispute, differencesOmitted: true },
        { ...dispute, differencesOmitted: true },
      ],
    });
    expect(shownOf([])).not.toHaveProperty('disputes');
  });
});
