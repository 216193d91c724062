// Renders a dispute of an entry for people: when the other event arrived, who sent it, and what differs.
import type { Entry } from '../client/client.ts';
import { toJsonText } from '../core/values/exact-number.ts';
import { escapeForTerminal } from '../core/values/terminal-text.ts';
import type { Paint } from '../terminal/paint.ts';

type Dispute = NonNullable<Entry['disputes']>[number];
type Difference = NonNullable<Dispute['differences']>[number];

/** Characters of a value above which it is cut off. */
const maxShownLength = 200;

/** Renders the dispute as lines without line breaks. */
export function renderDispute(dispute: Dispute, paint: Paint): string[] {
  const { recordedAt, contentHash, producer, differences, unavailable } = dispute;
  const sender = producer === undefined ? '' : `, sent by account ${escapeForTerminal(producer.account)}`;
  const arrived = recordedAt === undefined ? '' : ` on ${escapeForTerminal(recordedAt)}`;
  return [
    paint(
      'yellow',
      `Disputed: another event with the same ID but different content arrived${arrived}${sender}`,
    ),
    ...(contentHash === undefined ? [] : [`  ${paint('dim', 'Hash')} ${escapeForTerminal(contentHash)}`]),
    ...(differences ?? []).map((difference) => `  ${renderDifference(difference)}`),
    ...(unavailable === undefined ? [] : [`  ${gaps[unavailable]}`]),
    ...(dispute.differencesOmitted === true ? ['  The differences are too large to display.'] : []),
  ];
}

const gaps: Readonly<Record<NonNullable<Dispute['unavailable']>, string>> = {
  OTHER_ACCOUNT: 'It names an AWS account that you cannot see.',
  UNREADABLE: 'It cannot be read: it is damaged or was forged.',
};

function renderDifference({ path, before, after }: Difference): string {
  return `${escapeForTerminal(path)}: ${renderValue(before)} in this entry, ${renderValue(after)} in the other event`;
}

function renderValue(value: unknown): string {
  if (value === undefined) return 'absent';
  const text = toJsonText(value);
  const isLong = text.length > maxShownLength;
  return escapeForTerminal(isLong ? `${text.slice(0, maxShownLength).toWellFormed()}…` : text);
}
