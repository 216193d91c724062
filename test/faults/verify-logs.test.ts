// Tests the storm's log reader: it finds a secret in any line, and detects missing lines about entries.
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
  it('accepts log lines with ids only', async () => {
    const { figures, wrong } = await verifyLines(
      line({ entryId: 'a' }) + line({ message: 'event rejected' }),
    );
    expect(figures).toEqual({ lines: 2, entryLines: 1 });
    expect(wrong.lines()).toEqual([]);
  });

  it('finds a secret in each line about an entry', async () => {
    const secret = `Cnry${'a'.repeat(24)}`;
    const { wrong } = await verifyLines(line({ traceId: `password=${secret}` }).repeat(2) + line({}));
    expect(wrong.lines()[0]).toBe('2 × a log contains a secret');
  });

  it('reports when no log line is about an entry', async () => {
    const { wrong } = await verifyLines(line({ message: 'event rejected' }));
    expect(wrong.kinds).toEqual(['no log line is about an entry']);
  });
});
