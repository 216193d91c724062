import { describe, expect, it } from 'vitest';
import { ApiError, type ExportPage, type RequestLogsClient } from '../../../client/client.ts';
import {
  type ExportFile,
  ExportTooLarge,
  openMemoryFile,
} from '../../../dashboard/src/export/export-file.ts';
import { type ExportProgress, ExportRun } from '../../../dashboard/src/export/export-run.ts';
import {
  describeAmount,
  describeExportProblem,
  describeProgress,
} from '../../../dashboard/src/export/export-text.ts';

const now = Date.parse('2026-11-25T00:00:00Z');
const days = (count: number) => new Date(now - count * 86_400_000).toISOString();
const busy = new ApiError(new Response(null, { status: 503 }), {});

/** Four pages of one day each, newest first. Requests whose index is in `failing` fail. */
function makeClient(failing: readonly number[] = []) {
  const cursors: (string | undefined)[] = [];
  let requests = 0;
  const client = {
    listEntries: async () => ({ items: [{ timestamp: days(4) }], searchedThrough: days(4) }),
    exportPages: async function* ({ cursor }: { cursor?: string }): AsyncGenerator<ExportPage> {
      for (let page = Number(cursor ?? 0); page < 4; page++) {
        cursors.push(page === 0 ? undefined : String(page));
        if (failing.includes(requests++)) throw busy;
        const isLast = page === 3;
        yield {
          text: `page ${page}\n`,
          count: 1000,
          nextCursor: isLast ? null : String(page + 1),
          complete: isLast,
          searchedThrough: days(page + 1),
        };
      }
    },
  } as unknown as RequestLogsClient;
  return { client, cursors };
}

function makeFile() {
  const log: string[] = [];
  const file: ExportFile = {
    name: 'x.csv',
    write: async (text) => void log.push(text),
    finish: async () => void log.push('finished'),
    discard: async () => void log.push('discarded'),
  };
  return { file, log };
}

const completeLog = ['page 0\n', 'page 1\n', 'page 2\n', 'page 3\n', 'finished'];

function makeRun(client: RequestLogsClient, file: ExportFile) {
  const seen: ExportProgress[] = [];
  const onProgress = (progress: ExportProgress) => seen.push(progress);
  return {
    seen,
    run: new ExportRun({
      client,
      filters: {},
      form: { format: 'csv', columns: 'full', spreadsheet: true },
      file,
      onProgress,
      now: () => now,
    }),
  };
}

describe('ExportRun', () => {
  it('writes every page in order and finishes the file once', async () => {
    const { file, log } = makeFile();
    const { run, seen } = makeRun(makeClient().client, file);
    await run.resume(new AbortController().signal);
    expect(log).toEqual(completeLog);
    expect(seen.map(({ fraction }) => fraction)).toEqual([0.25, 0.5, 0.75, 1]);
    expect(run.progress).toMatchObject({ count: 4000, bytes: 28, searchedThrough: days(4) });
  });

  it('resumes after a failure without missing or repeating an entry', async () => {
    const { client, cursors } = makeClient([2, 3]);
    const { file, log } = makeFile();
    const { run } = makeRun(client, file);
    const { signal } = new AbortController();
    await expect(run.resume(signal)).rejects.toBe(busy);
    expect(run.progress.count).toBe(2000);
    await expect(run.resume(signal)).rejects.toBe(busy);
    await run.resume(signal);
    expect(log).toEqual(completeLog);
    expect(cursors).toEqual([undefined, '1', '2', '2', '2', '3']);
  });

  it('reads no page again when only finishing the file failed', async () => {
    const { file, log } = makeFile();
    let attempts = 0;
    const finish = async () => {
      if (attempts++ === 0) throw new DOMException('disk full', 'QuotaExceededError');
      log.push('finished');
    };
    const { run } = makeRun(makeClient().client, { ...file, finish });
    await expect(run.resume(new AbortController().signal)).rejects.toThrow('disk full');
    await run.resume(new AbortController().signal);
    expect(log).toEqual(completeLog);
  });

  it('stops when it is canceled, without finishing the file', async () => {
    const { file, log } = makeFile();
    const abort = new AbortController();
    const write = async (text: string) => {
      log.push(text);
      if (log.length === 2) abort.abort();
    };
    const { run } = makeRun(makeClient().client, { ...file, write });
    await expect(run.resume(abort.signal)).rejects.toThrow();
    expect(log).toEqual(['page 0\n', 'page 1\n']);
  });
});

describe('openMemoryFile', () => {
  it('saves nothing before it is finished', async () => {
    const saved: string[] = [];
    const file = openMemoryFile('x.csv', 'text/csv', (content, name) =>
      saved.push(`${name} ${content.size}`),
    );
    await file.write('語');
    await file.write('b');
    expect(saved).toEqual([]);
    await file.finish();
    expect(saved).toEqual(['x.csv 4']);
  });

  it('rejects more than the memory limit', async () => {
    const file = openMemoryFile('x.csv', 'text/csv', () => {}, 3);
    await file.write('abc');
    await expect(file.write('d')).rejects.toThrow(ExportTooLarge);
  });
});

describe('export texts', () => {
  it('describe the amount and the progress', () => {
    expect(describeAmount({ count: 1204, bytes: 2_100_000 })).toBe('1,204 entries, 2.1 MB');
    expect(describeProgress({ searchedThrough: days(1) }, undefined, 'utc')).toBe(
      'back to 2026-11-24 00:00:00 UTC',
    );
    expect(describeProgress({ searchedThrough: days(1) }, 'asc', 'utc')).toBe(
      'up to 2026-11-24 00:00:00 UTC',
    );
    expect(describeProgress({ searchedThrough: undefined }, 'asc', 'utc')).toBe('');
  });

  it('name the missing permission', () => {
    const body = { code: 'FORBIDDEN', field: 'request-logs:export', detail: 'no' };
    const problem = describeExportProblem(new ApiError(new Response(null, { status: 403 }), body));
    expect(problem).toMatchObject({
      title: 'You do not have permission to export entries',
      canResume: false,
    });
    expect(problem.advice).toContain('need the permission request-logs:export');
  });

  it('say whether resuming can help', () => {
    expect(describeExportProblem(busy).canResume).toBe(true);
    expect(describeExportProblem(new TypeError('fetch failed')).canResume).toBe(true);
    expect(describeExportProblem(new ExportTooLarge('x')).canResume).toBe(false);
    expect(describeExportProblem(new DOMException('disk full')).canResume).toBe(false);
  });
});
