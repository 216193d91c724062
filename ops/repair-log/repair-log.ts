// The command `npm run repair-log`. Prints keys and IDs, never content.
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { newPlan, planRepair, requestScan } from '../../core/log/repair-log.ts';
import type { NoteKey } from '../../core/log/signed-note.ts';
import { entryAttributes } from '../../core/storage/table-attributes.ts';
import { escapeForTerminal } from '../../core/values/terminal-text.ts';
import { describeItem } from '../../store/describe-item.ts';
import { DynamoDbEntryScan } from '../../store/dynamodb-entry-scan.ts';
import { DynamoDbSequencerStore } from '../../store/dynamodb-sequencer-store.ts';
import { S3LogObjects } from '../../store/s3-log-objects.ts';
import { CommandError } from '../../terminal/command-error.ts';
import { formatCount } from '../../terminal/format-count.ts';
import { parseOptions } from '../command/parse-options.ts';
import { type CommandContext, type Run, runCommand } from '../command/run-command.ts';
import { readStage } from '../command/stage-argument.ts';
import { findLogBucket, findSequencerTable, readLogKey } from '../command/stage-log.ts';
import { openStores } from '../command/stage-stores.ts';

const usage = `Usage: npm run repair-log -- --key FILE [options]

Finds entries of the table that are in no sealed log, because records of the table's stream were lost. With --apply, has
the sealer scan the table, which seals them in its next runs. Without --apply, it changes nothing.

Check each entry that it prints before you use --apply: an entry that someone added to the table is sealed as genuine.
It refuses to apply anything if the logs or the table do not match the signed checkpoints; see npm run verify-stack.

  --key FILE        the verifier key of any organization of the stack: what GET /request-logs/log/key returned
  --apply           have the sealer scan the table
  --stage NAME      a deployed stage, in the account and region of the AWS SDK's credentials (default: the local stack
                    at PORT)
  -h, --help        show this help

It needs permission to scan the entries table, to list and read the log bucket, and with --apply to read and write the
item of the sequencer table. It reads everything once and keeps about 200 bytes for each entry in memory.

Exit codes: 0 nothing is missing or the scan was requested, 1 failed or something is missing, 2 usage error,
130 interrupted.`;

interface RepairChoice {
  readonly key: NoteKey;
  readonly stage: string | undefined;
  readonly isApplied: boolean;
}

/** Lines that are printed. All are counted. */
const maxPrinted = 1000;

await runCommand({ name: 'repair-log', usage, read: readArguments, start });

function start({ key, stage, isApplied }: RepairChoice, { output, signal }: CommandContext): Run {
  const plan = newPlan();
  let isRequested = false;
  return {
    async work() {
      const stores = await openStores({ stage, names: undefined }, process.env);
      const { s3: client, dynamodb, table: tableName } = stores;
      const bucketName = await findLogBucket(stage, stores);
      const ports = {
        objects: new S3LogObjects({ client, bucketName, lockMode: 'governance' }),
        entries: new DynamoDbEntryScan({ client: dynamodb, tableName }),
        describe: describeItem,
        key,
        nowMillis: Date.now(),
      };
      await planRepair(ports, plan, signal);
      if (signal.aborted) return;
      const lines = [
        ...plan.problems.map(({ subject, problem }) => `${subject} ${problem}`),
        ...plan.unsealed.map(
          (item) => `item ${item[entryAttributes.pk]} (${item[entryAttributes.id]}) is not sealed`,
        ),
      ];
      for (const line of lines.slice(0, maxPrinted)) await output.write(`${escapeForTerminal(line)}\n`);
      if (!isApplied || plan.unsealed.length === 0) return;
      if (plan.problems.length > 0) {
        throw new CommandError(
          'nothing was applied: the logs and the table do not match the signed checkpoints',
        );
      }
      const sequencer = new DynamoDbSequencerStore({
        client: DynamoDBDocumentClient.from(dynamodb),
        tableName: await findSequencerTable(stage, stores),
      });
      if ((await requestScan(sequencer)) === 'busy') {
        throw new CommandError('nothing was applied: sealers wrote the sequencer item each time; try again');
      }
      isRequested = true;
    },
    examined: () => plan.logs + plan.items,
    report() {
      const { logs, items, waiting, unsealed, problems } = plan;
      output.say(
        `${formatCount(logs, 'log')} and ${formatCount(items, 'item')} compared: ${unsealed.length} not sealed, ${formatCount(problems.length, 'disagreement')}, ${waiting} recorded in the last 15 minutes and not sealed yet.`,
      );
      if (isRequested)
        output.say('The sealer scans the table in its next runs. Run this command again in some minutes.');
      else if (unsealed.length > 0 && problems.length === 0) {
        output.say('Nothing was changed. To have the sealer scan the table, use --apply.');
      }
    },
    isClean: () => plan.problems.length === 0 && (plan.unsealed.length === 0 || isRequested),
  };
}

function readArguments(args: readonly string[]): RepairChoice | 'help' {
  const { key, stage, apply, help } = parseOptions(args, {
    key: { type: 'string' },
    stage: { type: 'string' },
    apply: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (help) return 'help';
  return { key: readLogKey(key), stage: readStage(stage), isApplied: apply };
}
