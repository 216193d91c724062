// Texts of the history page.
import type { History, StateAt } from '../../../client/client.ts';
import { formatExactTime, formatTime, type TimeZone } from '../time/format-time.ts';
import type { Gap } from './timeline-rows.ts';

/** Describes where a state comes from, or why there is none. */
export function describeBasis(state: StateAt, zone: TimeZone): string {
  const { basis, exists, timestamp } = state;
  if (basis === 'unknown') return 'No completed action is recorded, so the state is unknown.';
  const when = timestamp === undefined ? '' : ` at ${formatExactTime(timestamp, zone)}`;
  if (basis === 'before-of-next') {
    return exists
      ? `No earlier action is recorded. This is the state before the action${when}.`
      : `It did not exist yet. It was created${when}.`;
  }
  return exists ? `The state after the action${when}.` : `It did not exist. It was deleted${when}.`;
}

const partialTexts: Readonly<Record<NonNullable<StateAt['partial']>, string>> = {
  REDACTED:
    'Redacted values are secrets that were removed before the entry was stored. They are not compared.',
  UNREADABLE: 'The stored state is missing or damaged. Contact your Request Logs administrator.',
  ALTERED: 'The entry was altered after it was recorded, so its state is not shown.',
  NOT_SEARCHED: 'The search ended before it found the state. Choose a time closer to an action.',
};

/** Describes why a state is not complete. */
export function describePartial({ partial }: StateAt): string | undefined {
  return partial && partialTexts[partial];
}

/** Describes whether the target exists now, from its newest life. */
export function describeExistence({ lives = [] }: Pick<History, 'lives'>, zone: TimeZone): string {
  const [life] = lives;
  if (life === undefined) return 'No completed action';
  return life.deletedAt === undefined ? 'Exists' : `Deleted at ${formatTime(life.deletedAt, zone)}`;
}

const gapTexts: Readonly<Record<Exclude<Gap['kind'], 'CHANGED'>, string>> = {
  CREATION_MISSING: 'Created again without an entry',
  DELETION_MISSING: 'Deleted without an entry',
  NOT_COMPARED: 'Not compared, because a state cannot be read',
};

/** Describes a gap in one line. */
export function describeGap({ kind, changeCount }: Gap): string {
  if (kind !== 'CHANGED') return gapTexts[kind];
  return `Changed without an entry: ${changeCount} ${changeCount === 1 ? 'field' : 'fields'}`;
}
