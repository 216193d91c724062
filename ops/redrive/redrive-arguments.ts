// Parses the command line of redrive. Every usage error names the option, the value given, and what is allowed.
import type { ParseArgsOptionsConfig } from 'node:util';
import { deadLetterCodes } from '../../core/recording/ingest-message.ts';
import { issueCodes } from '../../core/values/issue.ts';
import { escapeForTerminal } from '../../core/values/terminal-text.ts';
import { UsageError } from '../../terminal/usage-error.ts';
import { parseOptions } from '../command/parse-options.ts';
import { readStage } from '../command/stage-argument.ts';
import { formerlyTooLarge, notRecorded, recordableCodes } from './dead-letter.ts';
import { type SideQueueName, sideQueueNames } from './stage-queues.ts';

export interface RedriveCommand {
  readonly queue: SideQueueName;
  /** The deployed stage; `undefined` for the local stack. */
  readonly stage: string | undefined;
  /** URLs of the queue and the ingest queue; `undefined` to find them by name. */
  readonly urls: { readonly queue: string; readonly ingest: string } | undefined;
  /** Only messages with one of these codes; empty for all that can be recorded. */
  readonly codes: readonly string[];
  readonly isDryRun: boolean;
  readonly isEdit: boolean;
  /** Delete the messages that `codes` name permanently instead of requeuing them. `codes` is then not empty. */
  readonly isDiscard: boolean;
  /** Maximum number of messages to examine. */
  readonly limit: number;
}

export const redriveUsage = `Usage: npm run redrive -- --queue dead-letter|rejected|undelivered [options]

Counts the messages in a queue by error code, and sends them to the ingest queue again. You can interrupt and repeat
it: a message is sent before it is deleted, and the recorder ignores an event that arrives twice.

  --queue NAME      dead-letter: events that could not be recorded
                    rejected: events that failed validation, redacted
                    undelivered: events that EventBridge could not deliver
  --dry-run         count only; do not change the queue
  --match CODE      only messages with this code; repeat the option or separate codes with commas
  --edit            rejected only: open each event in VISUAL or EDITOR, and send the edited event under the same
                    event id
  --discard         rejected and dead-letter only, requires --match: delete the messages permanently and print a row for
                    each; not for codes of events that can still be recorded (NOT_RECORDED, ENTRY_TOO_LARGE)
  --limit N         maximum number of messages to examine (default 10000, maximum 100000)
  --stage NAME      a deployed stage, in the account and region of the AWS SDK's credentials (default: the local stack
                    at PORT)
  --queue-url URL, --ingest-queue-url URL
                    the two queues, for credentials that cannot list queues
  -h, --help        show this help

Exit codes: 0 done, 1 failed, 2 usage error, 130 interrupted.`;

const defaultLimit = 10_000;

/** Below the 120,000 messages that SQS allows in flight for one queue. */
const maxLimit = 100_000;

const knownCodes: Readonly<Record<SideQueueName, readonly string[] | undefined>> = {
  'dead-letter': [notRecorded, ...Object.values(deadLetterCodes), formerlyTooLarge],
  rejected: Object.values(issueCodes),
  // EventBridge's own codes.
  undelivered: undefined,
};

const options = {
  queue: { type: 'string' },
  'dry-run': { type: 'boolean', default: false },
  match: { type: 'string', multiple: true, default: [] },
  edit: { type: 'boolean', default: false },
  discard: { type: 'boolean', default: false },
  limit: { type: 'string' },
  stage: { type: 'string' },
  'queue-url': { type: 'string' },
  'ingest-queue-url': { type: 'string' },
  help: { type: 'boolean', short: 'h', default: false },
} satisfies ParseArgsOptionsConfig;

/** The command, or `'help'`. Fails with UsageError. */
export function readRedriveArguments(argv: readonly string[]): RedriveCommand | 'help' {
  const values = parseOptions(argv, options);
  if (values.help) return 'help';
  const queue = readQueue(values.queue);
  const isDryRun = values['dry-run'];
  const { edit: isEdit, discard: isDiscard } = values;
  const codes = readCodes(values.match, knownCodes[queue]);
  if (isEdit && queue !== 'rejected') {
    throw new UsageError(
      '--edit is only for --queue rejected: messages of the other queues are requeued unchanged',
    );
  }
  if (isEdit && isDryRun) throw new UsageError('--edit and --dry-run cannot be combined');
  if (isEdit && isDiscard) throw new UsageError('--edit and --discard cannot be combined');
  if (isDiscard) checkDiscard(queue, codes);
  return {
    queue,
    stage: readStage(values.stage),
    urls: readUrls(values['queue-url'], values['ingest-queue-url']),
    codes,
    isDryRun,
    isEdit,
    isDiscard,
    limit: readLimit(values.limit),
  };
}

/** `--discard` requires codes, and rejects codes of events that can still be recorded. */
function checkDiscard(queue: SideQueueName, codes: readonly string[]): void {
  if (queue === 'undelivered') {
    throw new UsageError(
      '--discard is only for --queue rejected and dead-letter: undelivered events can still be recorded',
    );
  }
  if (codes.length === 0)
    throw new UsageError('--discard requires --match: it permanently deletes the messages with these codes');
  const recordable = codes.find((code) => recordableCodes.includes(code));
  if (queue === 'dead-letter' && recordable !== undefined) {
    const why = 'these events can still be recorded, so requeue them';
    throw new UsageError(`--discard must not match ${recordable}: ${why}`);
  }
}

function readQueue(given: string | undefined): SideQueueName {
  const queue = sideQueueNames.find((name) => name === given);
  if (queue !== undefined) return queue;
  throw new UsageError(`--queue must be one of ${sideQueueNames.join(', ')}${got(given)}`);
}

function readUrls(queue: string | undefined, ingest: string | undefined): RedriveCommand['urls'] {
  if (queue === undefined && ingest === undefined) return undefined;
  for (const [option, url] of Object.entries({ 'queue-url': queue, 'ingest-queue-url': ingest })) {
    if (url === undefined) throw new UsageError(`--${option} is required: pass both URLs or neither`);
    if (!URL.canParse(url)) throw new UsageError(`--${option} must be the URL of a queue${got(url)}`);
  }
  return { queue: queue ?? '', ingest: ingest ?? '' };
}

function readCodes(given: readonly string[], known: readonly string[] | undefined): string[] {
  const codes = given.flatMap((text) => text.split(',')).map((code) => code.trim());
  const unknown = codes.find((code) => code === '' || known?.includes(code) === false);
  if (unknown === undefined) return codes;
  throw new UsageError(`--match must be ${known ? `one of ${known.join(', ')}` : 'a code'}${got(unknown)}`);
}

function readLimit(given: string | undefined): number {
  if (given === undefined) return defaultLimit;
  const limit = /^\d{1,6}$/.test(given) ? Number(given) : 0;
  if (limit >= 1 && limit <= maxLimit) return limit;
  throw new UsageError(`--limit must be an integer from 1 to ${maxLimit}${got(given)}`);
}

function got(given: string | undefined): string {
  return given === undefined ? '' : `; got ${escapeForTerminal(JSON.stringify(given))}`;
}
