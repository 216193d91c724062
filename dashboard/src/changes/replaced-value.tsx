// A plain value that became another: both on one line, what differs in a longer text picked out, many lines as lines.
import { diffLines, foldLines, splitSharedEnds } from './text-diff.ts';
import { SafeText, ValueText } from './value-text.tsx';

interface ReplacedProps {
  readonly before: unknown;
  readonly after: unknown;
}

/** Both values in one cell. */
export function ReplacedValue({ before, after }: ReplacedProps) {
  if (isText(before) && isText(after) && hasLines(before, after))
    return <LineDiff before={before} after={after} />;
  return (
    <>
      <OldValue before={before} after={after} /> <span aria-hidden="true">→</span>{' '}
      <NewValue before={before} after={after} />
    </>
  );
}

/** The value that was, with what is no longer so picked out. */
export function OldValue({ before, after }: ReplacedProps) {
  const shared = sharedEnds(before, after);
  return (
    <del className="diff-old">
      <span className="visually-hidden">was </span>
      {shared === undefined ? (
        <ValueText value={before} />
      ) : (
        <PickedOut start={shared.start} middle={shared.before} end={shared.end} />
      )}
    </del>
  );
}

/** The value that is, with what is new picked out. */
export function NewValue({ before, after }: ReplacedProps) {
  const shared = sharedEnds(before, after);
  return (
    <ins className="diff-new">
      <span className="visually-hidden">is now </span>
      {shared === undefined ? (
        <ValueText value={after} />
      ) : (
        <PickedOut start={shared.start} middle={shared.after} end={shared.end} />
      )}
    </ins>
  );
}

function PickedOut({ start, middle, end }: { start: string; middle: string; end: string }) {
  return (
    <bdi className="value-string">
      "<SafeText text={start} />
      {middle !== '' && (
        <mark className="diff-picked">
          <SafeText text={middle} />
        </mark>
      )}
      <SafeText text={end} />"
    </bdi>
  );
}

const lineSigns = { same: ' ', removed: '−', added: '+' } as const;

function LineDiff({ before, after }: { before: string; after: string }) {
  return (
    <div className="diff-lines">
      {foldLines(diffLines(before, after)).map((line, place) =>
        'folded' in line ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one change never move
          <div key={place} className="diff-line-fold">
            … {line.folded} unchanged {line.folded === 1 ? 'line' : 'lines'}
          </div>
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one change never move
          <div key={place} className="diff-line" data-state={line.state}>
            <span aria-hidden="true">{lineSigns[line.state]} </span>
            {line.state !== 'same' && <span className="visually-hidden">{line.state}: </span>}
            <SafeText text={line.text} />
          </div>
        ),
      )}
    </div>
  );
}

/** Longest texts that are compared word by word, characters. */
const maxComparedLength = 2000;

function sharedEnds(before: unknown, after: unknown) {
  if (!isText(before) || !isText(after)) return undefined;
  if (before.length + after.length > maxComparedLength) return undefined;
  const shared = splitSharedEnds(before, after);
  return shared.start === '' && shared.end === '' ? undefined : shared;
}

/** Most lines of both texts that are compared; beyond them the texts stand beside one another. */
const maxComparedLines = 2000;

function hasLines(before: string, after: string): boolean {
  const lines = before.split('\n').length + after.split('\n').length;
  return before.includes('\n') && after.includes('\n') && lines <= maxComparedLines;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
