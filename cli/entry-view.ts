// Renders one entry for people: who, when, where, with which role, whether the role allows it, and what changed.
import type { Entry } from '../client/client.ts';
import { displayableChanges } from '../core/changes/displayable-changes.ts';
import { neededPermission, type Verdict } from '../core/contract/vocabulary.ts';
import { escapeForTerminal } from '../core/values/terminal-text.ts';
import { formatCount } from '../terminal/format-count.ts';
import type { Color, Paint } from '../terminal/paint.ts';
import { renderDiff } from './diff.ts';
import { renderDispute } from './dispute-view.ts';
import { verdictColors } from './entry-table.ts';

const verdictMeanings: Readonly<Record<Verdict, string>> = {
  PERMITTED: 'the role allows it',
  DENIED: 'the service denied it',
  VIOLATION: 'succeeded although the role does not allow it',
  UNKNOWN_ROLE: 'the role is not defined',
};

const labelWidth = 10;

/** Renders the view, including the final line break. */
export function renderEntry(entry: Entry, paint: Paint): string {
  const { user, target } = entry;
  const color: Color | undefined = entry.verdict === 'PERMITTED' ? undefined : verdictColors[entry.verdict];
  const facts: [label: string, text: string | undefined][] = [
    ['When', `${safe(entry.timestamp)}${recordedAfter(entry)}`],
    ['Who', joined([person(user), user.type !== 'user' && user.type, from(user)])],
    ['For', optional(user.onBehalfOf && person(user.onBehalfOf))],
    ['Agent', optional(user.userAgent)],
    ['Role', joined([entry.role, `checked ${entry.permission}: ${entry.decision.toLowerCase()}`])],
    [
      'Verdict',
      `${paint(color, entry.verdict)}, ${verdictMeaning(entry)}${
        entry.grant === undefined ? '' : ` (grant ${safe(entry.grant)})`
      }`,
    ],
    [
      'What',
      `${paint('bold', `${entry.action} ${safe(target.type)} ${safe(target.name)}`)} (${safe(target.id)})${
        target.serviceName === undefined ? '' : `, service ${safe(target.serviceName)}`
      }`,
    ],
    [
      'Where',
      joined([
        `account ${entry.accountId}`,
        entry.region,
        entry.environment !== undefined && `environment ${entry.environment}`,
      ]),
    ],
    ['Why', optional(entry.reason)],
    ['Work', optional(entry.workRef)],
    ['Request', optional(entry.requestId)],
    ['Trace', optional(entry.traceId)],
    ['AWS calls', optional(entry.awsRequestIds?.join(', ') || undefined)],
    ['Event', joined([`${entry.eventId} of ${entry.source}`, `sent by account ${entry.producer.account}`])],
    ['Redriven', optional(entry.producer.redrivenBy && `by ${entry.producer.redrivenBy}`)],
    ['Edited', optional(entry.producer.editedBy && `by ${entry.producer.editedBy}`)],
    ['Hash', safe(entry.contentHash)],
    ['Sealed', optional(describeSealing(entry))],
  ];
  const lines = facts.flatMap(([label, text]) =>
    text === undefined ? [] : [`${paint('dim', label.padEnd(labelWidth))}${text}`],
  );
  const changes = displayableChanges(entry);
  const diff =
    changes === undefined
      ? [paint('dim', 'Too many changes to display. Use `--json` to get the full before and after states.')]
      : renderDiff({ ...entry, changes }, paint);
  const disputes = (entry.disputes ?? []).flatMap((dispute) => renderDispute(dispute, paint));
  const notes = [...disputes, ...diff].some((line) => line.includes('[REDACTED:'))
    ? [
        '',
        paint(
          'dim',
          'Each [REDACTED:n] replaces a secret that was never stored. Equal numbers mean equal values.',
        ),
      ]
    : [];
  return `${[
    paint('bold', `Entry ${safe(entry.id)}`),
    ...lines,
    '',
    paint('bold', diffTitle(entry, changes?.length)),
    ...diff.map((line) => `  ${line}`),
    ...(disputes.length === 0 ? [] : ['', ...disputes]),
    ...notes,
  ].join('\n')}\n`;
}

/** Returns `undefined` if the caller cannot see the place of entries in the sealed log. */
function describeSealing({ sealed, sealedUnavailable }: Entry): string | undefined {
  if (sealedUnavailable !== undefined) return `the sealed log cannot be read (${sealedUnavailable})`;
  if (sealed === null) return 'not yet; entries are sealed within about two minutes';
  return sealed && `${sealed.at}, entry ${sealed.index} of the log`;
}

const safe = escapeForTerminal;

function optional(text: string | undefined): string | undefined {
  return text === undefined ? undefined : safe(text);
}

function joined(parts: readonly (string | false)[]): string {
  return parts
    .filter((part) => part !== false && part !== '')
    .map((part) => safe(String(part)))
    .join(', ');
}

function person({ id, name, email }: Pick<Entry['user'], 'id' | 'name' | 'email'>): string {
  const address = email === undefined ? '' : ` <${email}>`;
  return name === undefined ? `${id}${address}` : `${id} ${name}${address}`;
}

function from({ sourceIp }: Entry['user']): string | false {
  return sourceIp !== undefined && `from ${sourceIp}`;
}

function recordedAfter({ timestamp, recordedAt, late }: Entry): string {
  const seconds = (Date.parse(recordedAt) - Date.parse(timestamp)) / 1000;
  if (late) return `, recorded late: ${safe(recordedAt)}`;
  return seconds >= 0 ? `, recorded ${seconds.toFixed(1)} s later` : `, recorded ${safe(recordedAt)}`;
}

function verdictMeaning({ verdict, grant, roleKnown, permission, action, target }: Entry): string {
  if (verdict === 'DENIED' && roleKnown === false)
    return 'the service denied it, and the role is not defined';
  const needed = neededPermission(target.kind, action);
  // The role grants the required permission, but the service checked a different one.
  const isOtherPermission = verdict === 'VIOLATION' && grant !== undefined && permission !== needed;
  return isOtherPermission
    ? `the service checked ${safe(permission)} instead of ${needed}, which the role grants`
    : verdictMeanings[verdict];
}

function diffTitle({ before, after, decision, ...entry }: Entry, changeCount = entry.changeCount): string {
  const isDenied = decision === 'DENIED';
  if (before === undefined) return isDenied ? 'Denied; it would have been created as' : 'Created as';
  if (after === undefined)
    return isDenied ? 'Denied; it was not deleted and remains' : 'Deleted; the last state was';
  if (changeCount === 0) return 'No changes';
  const count = formatCount(changeCount, 'change');
  return isDenied ? `Denied; ${count} not applied` : count;
}
