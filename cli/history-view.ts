// Renders the history of a target for people: a timeline with gaps, a state, or a difference.
import type { History, StateAt, TimelineItem } from '../client/client.ts';
import { summarizeChanges } from '../core/changes/change-summary.ts';
import { escapeForTerminal, escapeJsonForTerminal } from '../core/values/terminal-text.ts';
import { formatCount } from '../terminal/format-count.ts';
import type { Output } from '../terminal/output.ts';
import type { Paint } from '../terminal/paint.ts';
import { renderDiff } from './diff.ts';
import { makeEntryTable } from './entry-table.ts';

type Gap = NonNullable<History['gaps']>[number];

const safe = escapeForTerminal;

/** Renders the lines of a history. */
export function renderHistory(history: History, output: Pick<Output, 'columns' | 'paint'>): string[] {
  const { target, at, diff, names = [], knownAt } = history;
  const { paint } = output;
  const name = at?.name ?? names[0]?.name;
  return [
    paint('bold', `${safe(target.type)}${name === undefined ? '' : ` ${safe(name)}`} (${safe(target.id)})`),
    paint('dim', `account ${target.accountId}, ${target.region}`),
    ...(knownAt === undefined ? [] : [paint('dim', `as known at ${knownAt}`)]),
    ...renderFormerNames(names),
    '',
    ...(at === undefined ? [] : renderState(at, paint)),
    ...(diff === undefined ? [] : [...renderStateDiff(diff, paint), '']),
    ...(history.items === undefined ? [] : renderTimeline(history, output)),
  ];
}

function renderFormerNames(names: NonNullable<History['names']>): string[] {
  return names.slice(1).map(({ name, to }) => `formerly ${safe(name)}, last used at ${to}`);
}

const problems: Readonly<Record<NonNullable<StateAt['partial']>, string>> = {
  REDACTED: 'Each [REDACTED:n] replaces a secret that was never stored.',
  UNREADABLE: 'The stored state is missing or damaged.',
  ALTERED: 'The entry was altered after it was recorded, so its state is not shown.',
  NOT_SEARCHED: 'The search did not reach the entry with the state. Run the command again with --at.',
};

function describeState({ time, exists, entryId, timestamp, basis }: StateAt): string {
  if (basis === 'unknown') return `${time}: unknown; no completed action is recorded`;
  const source = `${basis === 'after' ? 'after' : 'before'} entry ${safe(entryId ?? '')} of ${timestamp}`;
  return exists ? `${time}: ${source}` : `${time}: did not exist, ${source}`;
}

function renderState(at: StateAt, paint: Paint): string[] {
  const lines = [paint('bold', `State at ${describeState(at)}`)];
  if (at.state !== undefined) lines.push(escapeJsonForTerminal(JSON.stringify(at.state, null, 2)));
  if (at.partial !== undefined) lines.push('', paint('dim', problems[at.partial]));
  return lines;
}

function renderStateDiff(diff: NonNullable<History['diff']>, paint: Paint): string[] {
  const { from, to } = diff;
  const notes = [from, to].flatMap(({ partial }) => (partial ? [problems[partial]] : []));
  return [
    `From ${describeState(from)}`,
    `To   ${describeState(to)}`,
    '',
    paint('bold', titleDiff(diff)),
    ...renderDifferences(diff, paint),
    ...[...new Set(notes)].map((note) => paint('dim', note)),
  ];
}

/** A state that is absent because its target did not exist makes the other state one list of values. */
function renderDifferences(
  { from, to, changes, omitted }: NonNullable<History['diff']>,
  paint: Paint,
): string[] {
  if (omitted === 'CHANGES')
    return ['There are too many differences to display. Use --at to get each state.'];
  const isCompared = omitted === 'STATES' || (from.state !== undefined && to.state !== undefined);
  if (isCompared) return renderDiff({ changes, before: {}, after: {} }, paint);
  const hasOneState = from.exists === false || to.exists === false;
  return hasOneState ? renderDiff({ changes, before: from.state, after: to.state }, paint) : [];
}

function titleDiff({ from, to, changes, omitted }: NonNullable<History['diff']>): string {
  if (omitted !== undefined) return 'Differences';
  if (from.state !== undefined && to.state !== undefined) return formatCount(changes.length, 'difference');
  if (from.exists === false && to.state !== undefined) return 'Created as';
  if (to.exists === false && from.state !== undefined) return 'Deleted; the last state was';
  return 'The states cannot be compared';
}

function renderTimeline(history: History, { columns, paint }: Pick<Output, 'columns' | 'paint'>): string[] {
  const { items = [], gaps = [], lives = [] } = history;
  if (items.length === 0) return ['No entries.'];
  const entries = items.map(entryOf);
  const { titles, render } = makeEntryTable(entries, columns, paint);
  const rows = items.flatMap((item) => [
    ...('denials' in item ? [renderDenials(item.denials, paint)] : render(item.entry)),
    ...gaps.filter(({ laterId }) => laterId === entryOf(item).id).map((gap) => renderGap(gap, paint)),
  ]);
  const counts = [
    formatCount(items.length, 'item'),
    formatCount(lives.length, 'life', 'lives'),
    formatCount(gaps.length, 'gap'),
  ];
  return [...titles, ...rows, '', paint('dim', `${counts.join(', ')}, newest first.`)];
}

function entryOf(item: TimelineItem) {
  return 'denials' in item ? item.denials.latest : item.entry;
}

function renderDenials(
  { count, from, to, users }: Extract<TimelineItem, { denials: unknown }>['denials'],
  paint: Paint,
): string {
  const who = users.map((user) => `${safe(user.name ?? user.id)} ${user.count}`).join(', ');
  return paint('yellow', `  ${count} denied attempts from ${from} to ${to}: ${who}`);
}

function renderGap(gap: Gap, paint: Paint): string {
  const what: Readonly<Record<Gap['kind'], string>> = {
    CHANGED: `changed without an entry: ${summarizeChanges(gap)}`,
    CREATION_MISSING: 'created again without an entry',
    DELETION_MISSING: 'deleted without an entry',
    NOT_COMPARED: 'not compared, because a state cannot be read',
  };
  return paint('red', `  ! ${safe(what[gap.kind])}`);
}
