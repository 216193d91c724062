// The command `npm run verify-stack`. Prints keys and IDs, never content.
import type { NoteKey } from '../../core/log/signed-note.ts';
import { escapeForTerminal } from '../../core/values/terminal-text.ts';
import { DynamoDbEntryScan } from '../../store/dynamodb-entry-scan.ts';
import { S3LogObjects } from '../../store/s3-log-objects.ts';
import { S3OverflowStore } from '../../store/s3-overflow-store.ts';
import { formatCount } from '../../terminal/format-count.ts';
import { parseOptions } from '../command/parse-options.ts';
import { type CommandContext, type Run, runCommand } from '../command/run-command.ts';
import { readStage } from '../command/stage-argument.ts';
import { findLogBucket, readLogKey } from '../command/stage-log.ts';
import { openStores } from '../command/stage-stores.ts';
import { compareStack, newCounts } from './compare-stack.ts';
import { listHiddenVersions } from './list-versions.ts';

const usage = `Usage: npm run verify-stack -- --key FILE [options]

Compares what a stack stores with the signed checkpoints of its sealed logs, and reports every disagreement: items that
were changed, removed, added, or backdated, wrong index keys, missing or damaged states, leaves, tiles and batches that
do not match, and objects of the log that a second version or a delete marker hides. It changes nothing.

  --key FILE        the verifier key of any organization of the stack: what GET /request-logs/log/key returned
  --stage NAME      a deployed stage, in the account and region of the AWS SDK's credentials (default: the local stack
                    at PORT)
  -h, --help        show this help

It needs permission to scan the entries table, and to list and read the overflow bucket and the log bucket with all
versions. It reads everything once and keeps about 200 bytes for each entry in memory.

Exit codes: 0 everything agrees, 1 failed or something disagrees, 2 usage error, 130 interrupted.`;

interface VerifyChoice {
  readonly key: NoteKey;
  readonly stage: string | undefined;
}

await runCommand({ name: 'verify-stack', usage, read: readArguments, start });

function start({ key, stage }: VerifyChoice, { output, signal }: CommandContext): Run {
  const counts = newCounts();
  let disagreements = 0;
  const print = async (subject: string, problem: string) => {
    disagreements++;
    output.draw(undefined);
    await output.write(`${escapeForTerminal(`${subject} ${problem}`)}\n`);
  };
  return {
    async work() {
      const stores = await openStores({ stage, names: undefined }, process.env);
      const bucketName = await findLogBucket(stage, stores);
      const { s3: client, dynamodb, bucket, table: tableName } = stores;
      const compared = {
        objects: new S3LogObjects({ client, bucketName, lockMode: 'governance' }),
        entries: new DynamoDbEntryScan({ client: dynamodb, tableName }),
        overflow: new S3OverflowStore({ client, bucketName: bucket }),
        key,
        nowMillis: Date.now(),
      };
      for await (const { subject, problem } of compareStack(compared, counts, signal)) {
        await print(subject, problem);
        output.draw(`${counts.items} items compared`);
      }
      for (const prefix of ['logs/', 'archive/']) {
        if (signal.aborted) return;
        for await (const { subject, problem } of listHiddenVersions(client, bucketName, prefix)) {
          await print(subject, problem);
        }
      }
    },
    examined: () => counts.leaves + counts.items,
    report() {
      const { logs, leaves, items, waiting } = counts;
      output.say(
        `${formatCount(logs, 'log')} with ${formatCount(leaves, 'leaf', 'leaves')}, and ${formatCount(items, 'item')} compared: ${formatCount(disagreements, 'disagreement')}, ${waiting} not sealed yet.`,
      );
    },
    isClean: () => disagreements === 0,
  };
}

function readArguments(args: readonly string[]): VerifyChoice | 'help' {
  const { key, stage, help } = parseOptions(args, {
    key: { type: 'string' },
    stage: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (help) return 'help';
  return { key: readLogKey(key), stage: readStage(stage) };
}
