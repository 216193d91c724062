// Runs the verification of a complete log, shows its progress, and prints the result.
import type { Checkpoint } from '../core/log/checkpoint.ts';
import { LogVerifier } from '../core/log/verify-log.ts';
import { escapeForTerminal, escapeJsonForTerminal } from '../core/values/terminal-text.ts';
import { CommandError } from '../terminal/command-error.ts';
import { formatCount } from '../terminal/format-count.ts';
import type { Output } from '../terminal/output.ts';
import type { VerifyCommand } from './commands.ts';
import { type LogContent, verifyLeaves } from './verify-all.ts';
import { describeWitnesses, toWitnessRows, type Witnessed } from './verify-witnesses.ts';

/** A complete log, and what it must match. */
export interface OpenedContent {
  /** The origin of the log. */
  readonly name: string;
  readonly checkpoint: Checkpoint;
  /** The checkpoint of an earlier run. */
  readonly kept: Checkpoint | undefined;
  /** What witnesses cosigned. */
  readonly witnessed: readonly Witnessed[];
  /** Checkpoints that the leaves must match, beside the current one. */
  readonly earlier: readonly Checkpoint[];
  readonly content: LogContent;
}

/** Verifies the log, prints the result, and returns whether everything is in order. Fails with CommandError. */
export async function reportLog(
  { name, checkpoint, kept, witnessed, earlier, content }: OpenedContent,
  command: VerifyCommand,
  { output, now }: { readonly output: Output; readonly now: () => number },
): Promise<boolean> {
  const verifier = new LogVerifier(now());
  for (const one of earlier) verifier.expect(one);
  await verifyLeaves(content, verifier, (size) => {
    output.draw(`${size} of ${checkpoint.size} places in the log verified`);
  });
  output.draw(undefined);
  if (!verifier.matches(checkpoint)) {
    throw new CommandError('the leaves are not those of the tree that the key signed');
  }
  const { verified, expired, disputes, evidence, waiting, failed, failures } = verifier;
  const counts = { verified, expired, disputes, evidence, waiting, failed };
  if (command.output === 'json') {
    const { size } = checkpoint;
    const witnesses = toWitnessRows(witnessed);
    const result = { log: name, size, continues: kept?.size ?? null, witnesses, ...counts, failures };
    await output.write(`${escapeJsonForTerminal(JSON.stringify(result, null, 2))}\n`);
    return failed === 0;
  }
  const lines = [
    `Log ${name}: ${formatCount(checkpoint.size, 'place', 'places')}, all in the tree that the key signed.`,
    ...(kept === undefined
      ? []
      : [`The log continues the checkpoint of the last run, which had ${kept.size}.`]),
    ...describeWitnesses(witnessed),
    `${formatCount(verified, 'entry', 'entries')} verified.`,
    ...countLine(expired, 'entry has expired', 'entries have expired'),
    ...countLine(disputes, 'dispute', 'disputes'),
    ...countLine(
      evidence,
      'place reports',
      'places report',
      ' a changed, removed, or foreign item of the table',
    ),
    ...countLine(waiting, 'place is', 'places are', ' too new to be in the copy'),
    ...failures.map(
      ({ index, id, reason }) => `Place ${index}${id === undefined ? '' : ` (${id})`}: ${reason}.`,
    ),
    ...(failed > failures.length ? [`${failed - failures.length} more places do not verify.`] : []),
  ];
  await output.write(`${lines.map(escapeForTerminal).join('\n')}\n`);
  return failed === 0;
}

function countLine(count: number, one: string, many: string, rest = ''): string[] {
  return count === 0 ? [] : [`${formatCount(count, one, many)}${rest}.`];
}
