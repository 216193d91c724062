import { afterEach, describe, expect, it, vi } from 'vitest';
import { errorCodes, RequestLogsError } from '../../../core/values/errors.ts';
import { countUnreadableDisputes, throwCounted } from '../../../functions/shared/count-unreadable.ts';

vi.stubEnv('POWERTOOLS_METRICS_NAMESPACE', 'RequestLogs/test');
vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'get-entry');

afterEach(() => vi.restoreAllMocks());

/** Returns the metrics that are written before the error is rethrown. */
async function metricsOf(error: unknown): Promise<Record<string, unknown>[]> {
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
  await expect(throwCounted(error)).rejects.toBe(error);
  vi.restoreAllMocks();
  return lines.map((line) => JSON.parse(line));
}

describe('countUnreadableDisputes', () => {
  it('counts a response with a damaged or forged dispute, and no other', async () => {
    const lines: string[] = [];
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => lines.push(String(text)) > 0);
    await countUnreadableDisputes([]);
    await countUnreadableDisputes([{ unavailable: 'OTHER_ACCOUNT' }, { contentHash: 'h', differences: [] }]);
    expect(lines).toEqual([]);
    await countUnreadableDisputes([{ unavailable: 'UNREADABLE' }, { unavailable: 'UNREADABLE' }]);
    vi.restoreAllMocks();
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([{ StatesUnreadable: 1 }]);
  });
});

describe('throwCounted', () => {
  it('counts unreadable states every time', async () => {
    const error = new RequestLogsError(errorCodes.statesUnreadable, 'the object is missing');
    for (let time = 0; time < 2; time++) {
      const [metric, ...others] = await metricsOf(error);
      expect(others).toEqual([]);
      expect(metric).toMatchObject({
        service: 'get-entry',
        StatesUnreadable: 1,
        _aws: { CloudWatchMetrics: [{ Namespace: 'RequestLogs/test', Dimensions: [['service']] }] },
      });
    }
  });

  it('counts an entry that does not match its content hash', async () => {
    const [metric] = await metricsOf(new RequestLogsError(errorCodes.entryAltered, 'altered'));
    expect(metric).toMatchObject({ service: 'get-entry', AlteredEntries: 1 });
  });

  it.each([
    new RequestLogsError(errorCodes.storeUnavailable, 'throttled'),
    new Error('a bug'),
    'a non-error',
  ])('does not count other failures: %s', async (error) => {
    expect(await metricsOf(error)).toEqual([]);
  });
});
