// Opens a CSV export in LibreOffice, if it is installed.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { exportFormats } from '../../../core/export/export-formats.ts';
import { makeItem } from './items.ts';

const format = exportFormats.csv({ columns: 'list', isForSpreadsheet: true });

describe('CSV for spreadsheets', () => {
  it.runIf(existsSync('/usr/bin/soffice'))(
    'opens in LibreOffice with every text as it is',
    { timeout: 60_000 },
    () => {
      const directory = mkdtempSync(join(tmpdir(), 'request-logs-csv-'));
      try {
        const names = ['012345678901', '1E5', '2026-11-05', '1/2', 'TRUE', 'Größe ☂', '1"&A1&"'];
        const lines = names.map((name) =>
          format.toLine(makeItem({ accountId: '000000000012', target: { ...makeItem().target, name } })),
        );
        writeFileSync(join(directory, 'in.csv'), format.header + lines.join(''));
        const args = [
          '--headless',
          '--infilter=CSV:44,34,76,1',
          '--convert-to',
          'csv:Text - txt - csv (StarCalc):44,34,76',
          '--outdir',
          join(directory, 'out'),
        ];
        execFileSync(
          'soffice',
          [`-env:UserInstallation=file://${directory}/profile`, ...args, join(directory, 'in.csv')],
          {
            stdio: 'ignore',
          },
        );
        const rows: Record<string, string>[] = parse(readFileSync(join(directory, 'out', 'in.csv'), 'utf8'), {
          columns: true,
          bom: true,
        });
        expect(rows.map(({ targetName }) => targetName)).toEqual(names);
        expect(new Set(rows.map(({ accountId }) => accountId))).toEqual(new Set(['000000000012']));
      } finally {
        rmSync(directory, { recursive: true, force: true });
      }
    },
  );
});
