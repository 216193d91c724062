import { expect, it } from 'vitest';
import { runExport } from '../../cli/export.ts';
import type { RequestLogsClient } from '../../client/client.ts';
import type { Output } from '../../terminal/output.ts';
import { plainPaint } from '../../terminal/paint.ts';

const page = {
  text: 'id,name\r\n1,"a\u001b]0;x\u0007\nb"\r\n',
  count: 1,
  nextCursor: null,
  complete: true,
  searchedThrough: '2026-11-05T00:00:00Z',
};

/** What an export writes to a terminal of so many columns, or to a pipe. */
async function exported(columns: number | undefined): Promise<string> {
  let written = '';
  const output: Output = {
    write: async (text) => {
      written += text;
    },
    say: () => {},
    draw: () => {},
    paint: plainPaint,
    columns,
    drawColumns: undefined,
  };
  const client = {
    exportPages: async function* () {
      yield page;
    },
  } as unknown as RequestLogsClient;
  const search = { filters: {} };
  await runExport(
    {
      name: 'export',
      search,
      exportKey: '',
      format: 'csv',
      columns: 'list',
      spreadsheet: false,
      file: undefined,
      cursorFile: undefined,
      restart: false,
      force: false,
    },
    { client, output, signal: new AbortController().signal, now: Date.now, source: 'test' },
  );
  return written;
}

it('escapes an export on a terminal, and writes the original bytes to a pipe', async () => {
  expect(await exported(80)).toBe('id,name\r\n1,"a\\u001b]0;x\\u0007\nb"\r\n');
  expect(await exported(undefined)).toBe(page.text);
});
