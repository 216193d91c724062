// Reads the command line of redrive. Every mistake is a UsageError that names the option and what is allowed.
import type { ParseArgsOptionsConfig } from 'node:util';
import { deadLetterCodes } from '../../core/recording/recorder.ts';
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
  /** URLs of the queue and of the ingest queue, in place of looking for them. */
  readonly urls: { readonly queue: string; readonly ingest: string } | undefined;
  /** Only messages with one of these codes; empty for those that redrive makes sense for. */
  readonly codes: readonly string[];
  readonly isDryRun: boolean;
  readonly isEdit: boolean;
  /** Deletes for good what `codes` name, which are some then, instead of putting it back. */
  readonly isDiscard: boolean;
  /** Messages to look at, at most. */
  readonly limit: number;
}

export const redriveUsage = `Usage: npm run redrive -- --queue dead-letter|rejected|undelivered [options]

Counts why messages are in the queue, and puts them back on the ingest queue. It can be interrupted and repeated: a
message is sent before it is deleted, and one that comes twice is known as a duplicate.

  --queue NAME      dead-letter: what could not be recorded; rejected: what was refused, redacted; undelivered: what
                    EventBridge could not deliver
  --dry-run         count only; the queue stays as it is
  --match CODE      only messages with this code; may be repeated or comma-separated
  --edit            rejected only: mend each event in VISUAL or EDITOR, send it again under its own id
  --discard         rejected and dead-letter only, with --match: delete the messages for good, with a line of each;
                    those that can still be recorded (NOT_RECORDED, ENTRY_TOO_LARGE) stay
  --limit N         messages to look at, at most (default 10000, at most 100000)
  --stage NAME      a deployed stage, by the credentials and region of the AWS SDK (default: the local stack at PORT)
  --queue-url URL, --ingest-queue-url URL
                    the two queues, where the credentials may not list queues
  -h, --help        this help

Exit codes: 0 done, 1 failed, 2 the command makes no sense, 130 interrupted.`;

const defaultLimit = 10_000;

/** Fewer than the 120,000 messages that SQS lets one queue have in flight. */
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
    throw new UsageError('--edit is for --queue rejected: the others are put back as they are');
  }
  if (isEdit && isDryRun) throw new UsageError('--edit and --dry-run exclude each other');
  if (isEdit && isDiscard) throw new UsageError('--edit and --discard exclude each other');
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

/** Whoever discards says what, and nothing that could still become an entry. */
function checkDiscard(queue: SideQueueName, codes: readonly string[]): void {
  if (queue === 'undelivered') {
    throw new UsageError(
      '--discard is for --queue rejected and dead-letter: no recorder has seen the undelivered',
    );
  }
  if (codes.length === 0)
    throw new UsageError('--discard needs --match: it deletes for good what that names');
  const recordable = codes.find((code) => recordableCodes.includes(code));
  if (queue === 'dead-letter' && recordable !== undefined) {
    const why = 'these are events that can still be recorded, so put them back';
    throw new UsageError(`--discard must not match ${recordable}: ${why}`);
  }
}

function readQueue(given: string | undefined): SideQueueName {
  const queue = sideQueueNames.find((name) => name === given);
  if (queue !== undefined) return queue;
  throw new UsageError(`--queue must be one of ${sideQueueNames.join(', ')}${is(given)}`);
}

function readUrls(queue: string | undefined, ingest: string | undefined): RedriveCommand['urls'] {
  if (queue === undefined && ingest === undefined) return undefined;
  for (const [option, url] of Object.entries({ 'queue-url': queue, 'ingest-queue-url': ingest })) {
    if (url === undefined) throw new UsageError(`--${option} must be there: both URLs or none`);
    if (!URL.canParse(url)) throw new UsageError(`--${option} must be the URL of a queue${is(url)}`);
  }
  return { queue: queue ?? '', ingest: ingest ?? '' };
}

function readCodes(given: readonly string[], known: readonly string[] | undefined): string[] {
  const codes = given.flatMap((text) => text.split(',')).map((code) => code.trim());
  const unknown = codes.find((code) => code === '' || known?.includes(code) === false);
  if (unknown === undefined) return codes;
  throw new UsageError(`--match must be ${known ? `one of ${known.join(', ')}` : 'a code'}${is(unknown)}`);
}

function readLimit(given: string | undefined): number {
  if (given === undefined) return defaultLimit;
  const limit = /^\d{1,6}$/.test(given) ? Number(given) : 0;
  if (limit >= 1 && limit <= maxLimit) return limit;
  throw new UsageError(`--limit must be a whole number from 1 to ${maxLimit}${is(given)}`);
}

function is(given: string | undefined): string {
  return given === undefined ? '' : `; is ${escapeForTerminal(JSON.stringify(given))}`;
}
