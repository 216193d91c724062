// The storm's reader of logs: it sees a secret in any line, and that the lines of entries are missing.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { Discrepancies } from './discrepancies.ts';
import { type LogFigures, verifyLogs } from './verify-logs.ts';

const line = (fields: object) =>
  `${JSON.stringify({ level: 'INFO', message: 'entry recorded', ...fields })}\n`;

async function verifyLines(text: string): Promise<{ figures: LogFigures; wrong: Discrepancies }> {
  const dataDir = mkdtempSync(join(tmpdir(), 'request-logs-verify-'));
  mkdirSync(join(dataDir, 'logs'));
  writeFileSync(join(dataDir, 'logs', 'record.log'), text);
  const wrong = new Discrepancies();
  const figures = await verifyLogs(dataDir, wrong);
  rmSync(dataDir, { recursive: true });
  return { figures, wrong };
}

describe('verifyLogs', () => {
  it('finds nothing wrong with lines of ids', async () => {
    const { figures, wrong } = await verifyLines(
      line({ entryId: 'a' }) + line({ message: 'event rejected' }),
    );
    expect(figures).toEqual({ lines: 2, entryLines: 1 });
    expect(wrong.lines()).toEqual([]);
  });

  it('sees a secret in each line of an entry', async () => {
    const secret = `Cnry${'a'.repeat(24)}`;
    const { wrong } = await verifyLines(line({ traceId: `password=${secret}` }).repeat(2) + line({}));
    expect(wrong.lines()[0]).toBe('2 × a log holds a secret');
  });

  it('sees that no log tells of an entry', async () => {
    const { wrong } = await verifyLines(line({ message: 'event rejected' }));
    expect(wrong.kinds).toEqual(['no log tells of an entry']);
  });
});
