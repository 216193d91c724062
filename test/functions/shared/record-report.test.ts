import { afterEach, describe, expect, it, vi } from 'vitest';
import { metricNames } from '../../../core/deployment/metric-names.ts';
import type { RecordOutcome } from '../../../core/recording/recorder.ts';
import { metrics } from '../../../functions/shared/metrics.ts';
import { reportOutcome } from '../../../functions/shared/record-report.ts';
import { makeEntry } from '../../support/entries.ts';

const ids = { messageId: 'm-1', xrayTraceId: '1-5759e988-bd862e3fe1be46a994272793' };

/** Returns the log lines that a report writes. */
function linesOf(report: () => void): Record<string, unknown>[] {
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  report();
  vi.restoreAllMocks();
  return lines.map((line) => JSON.parse(line));
}

afterEach(() => vi.restoreAllMocks());

describe('reportOutcome', () => {
  const entry = { ...makeEntry({ eventId: 'e-1' }), traceId: 't-77', requestId: 'req-5' };
  const entryIds = { entryId: entry.id, eventId: entry.eventId, traceId: 't-77', requestId: 'req-5' };

  it.each(['recorded', 'duplicate'] as const)('logs every id of a %s event', (status) => {
    const lines = linesOf(() =>
      reportOutcome(ids, { status, entry, hasFalseRedactionClaim: false } as RecordOutcome),
    );
    expect(lines[0]).toMatchObject({ ...ids, ...entryIds });
  });

  it.each([true, false])('counts an untrue redaction claim: %s', (hasFalseRedactionClaim) => {
    const counted: string[] = [];
    vi.spyOn(metrics, 'addMetric').mockImplementation((name) => {
      counted.push(name);
      return metrics;
    });
    linesOf(() => reportOutcome(ids, { status: 'recorded', entry, hasFalseRedactionClaim }));
    expect(counted.includes(metricNames.archivedUnredacted)).toBe(hasFalseRedactionClaim);
  });

  it('logs every id of a rejected valid event, and of the entry that it conflicts with', () => {
    const issues = [{ path: '/detail', code: 'CONFLICT', message: 'differs' }] as const;
    const lines = linesOf(() =>
      reportOutcome(ids, { status: 'rejected', issues, eventIds: entry, entryId: entry.id }),
    );
    expect(lines[0]).toMatchObject({ ...ids, ...entryIds, codes: ['CONFLICT'], paths: ['/detail'] });
    expect(JSON.stringify(lines)).not.toContain(entry.target.name);
  });

  it('logs the message id of an invalid event', () => {
    const issues = [{ path: '/detail/region', code: 'INVALID_VALUE', message: 'must be one' }] as const;
    const lines = linesOf(() => reportOutcome(ids, { status: 'rejected', issues }));
    expect(lines[0]).toMatchObject({ ...ids, codes: ['INVALID_VALUE'], paths: ['/detail/region'] });
    for (const name of Object.keys(entryIds)) expect(lines[0]).not.toHaveProperty(name);
  });

  it('counts and logs a conflict whose event is in the dead-letter queue', () => {
    const issues = [{ path: '/detail', code: 'CONFLICT', message: 'differs' }] as const;
    const outcome = {
      status: 'dead-lettered',
      code: 'REJECTION_TOO_LARGE',
      issues,
      eventIds: entry,
    } as const;
    const counted: string[] = [];
    vi.spyOn(metrics, 'addMetric').mockImplementation((name) => {
      counted.push(name);
      return metrics;
    });
    const [line] = linesOf(() => reportOutcome(ids, { ...outcome, entryId: entry.id }));
    expect(line).toMatchObject({ ...ids, ...entryIds, code: outcome.code, codes: ['CONFLICT'] });
    expect(counted.sort()).toEqual([metricNames.conflicts, metricNames.deadLettered]);
  });

  it.each([
    ['kept', [metricNames.conflicts, metricNames.disputes, metricNames.rejected]],
    ['already-kept', [metricNames.conflicts, metricNames.rejected]],
    ['over-limit', [metricNames.conflicts, metricNames.disputesOverLimit, metricNames.rejected]],
  ] as const)('counts and logs whether a conflicting event is kept as a dispute: %s', (dispute, names) => {
    const issues = [{ path: '/detail', code: 'CONFLICT', message: 'differs' }] as const;
    const counted: string[] = [];
    vi.spyOn(metrics, 'addMetric').mockImplementation((name) => {
      counted.push(name);
      return metrics;
    });
    const outcome = { status: 'rejected', issues, eventIds: entry, entryId: entry.id, dispute } as const;
    const [line] = linesOf(() => reportOutcome(ids, outcome));
    expect(line).toMatchObject({ entryId: entry.id, dispute });
    expect(counted.sort()).toEqual([...names].sort());
  });

  it('logs no state, name or reason', () => {
    const withReason = { ...entry, reason: 'because of the audit' };
    const text = JSON.stringify(
      linesOf(() =>
        reportOutcome(ids, { status: 'recorded', hasFalseRedactionClaim: false, entry: withReason }),
      ),
    );
    expect(text).not.toContain('because of the audit');
    expect(text).not.toContain(withReason.target.name);
  });
});
