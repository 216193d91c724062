// The command `npm run sql`: runs SQL with DuckDB over the archive of the sealed log. It changes nothing.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatCount } from '../../terminal/format-count.ts';
import { type CommandContext, type Run, runCommand } from '../command/run-command.ts';
import { fetchFiles, findFiles } from './archive-files.ts';
import { duckDbPackage, loadDuckDb, runQuery } from './duckdb.ts';
import { formatRows } from './format-rows.ts';
import { readArguments, type SqlChoice } from './read-arguments.ts';

const usage = `Usage: npm run sql -- [options] "select ..."

Runs one SQL query over the archive of the sealed log, with DuckDB. Archived is what was sealed in intervals that are
over; sealing.archiveIntervalMinutes sets their length.

Tables:
  entries    one row for each entry, with columns for counting: occurred_at, action, verdict, role, user_id, target_type, ...
  archive    one row for each entry with all fields, and before and after as JSON text
  disputes   events that conflict with an entry, in the form of archive
Each table also has the columns organization, day (the UTC day of sealing), and retention. \`describe archive\` lists all.

  --bucket-dir DIR     a copy of the log bucket, such as of aws s3 sync (default: the local stack at PORT)
  --organization ID    only this organization
  --from DAY, --to DAY only what was sealed on these days, inclusive, such as 2026-11-30
  --json               write one JSON object for each row
  --csv                write CSV
  -h, --help           show this help

DuckDB (71 MB) is not part of the project. Install it with: npm install --no-save ${duckDbPackage}

Exit codes: 0 done, 1 failed, 2 usage error, 130 interrupted.`;

await runCommand({ name: 'sql', usage, read: readArguments, start });

function start(choice: SqlChoice, { output }: CommandContext): Run {
  let rows = 0;
  return {
    async work() {
      await loadDuckDb();
      const folder = mkdtempSync(join(tmpdir(), 'request-logs-sql-'));
      try {
        const { bucketDir } = choice;
        const files =
          bucketDir === undefined
            ? await fetchFiles(folder, choice, process.env)
            : findFiles(bucketDir, choice);
        if (files.entries.length === 0) {
          output.say(
            'The archive has no entries for these options. An entry is archived when its interval is over.',
          );
        }
        const result = await runQuery(files, choice.query);
        rows = result.rows.length;
        await output.write(formatRows(result, choice.format, output));
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
    examined: () => rows,
    report: () => {
      if (choice.format === 'table') output.say(`${formatCount(rows, 'row')}.`);
    },
  };
}
