// Shows a replaced value: both values on one line with the differing part highlighted, or a line diff for multiline text.
import { useState } from 'react';
import { collapseLines, type DiffLine as DiffLineOf, diffLines, splitSharedEnds } from './text-diff.ts';
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

/** The old value, with the removed part highlighted. */
export function OldValue({ before, after }: ReplacedProps) {
  const shared = sharedEnds(before, after);
  return (
    <del className="diff-old">
      <span className="visually-hidden">was </span>
      {shared === undefined ? (
        <ValueText value={before} />
      ) : (
        <Highlighted start={shared.start} middle={shared.before} end={shared.end} />
      )}
    </del>
  );
}

/** The new value, with the added part highlighted. */
export function NewValue({ before, after }: ReplacedProps) {
  const shared = sharedEnds(before, after);
  return (
    <ins className="diff-new">
      <span className="visually-hidden">is now </span>
      {shared === undefined ? (
        <ValueText value={after} />
      ) : (
        <Highlighted start={shared.start} middle={shared.after} end={shared.end} />
      )}
    </ins>
  );
}

function Highlighted({ start, middle, end }: { start: string; middle: string; end: string }) {
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
      {collapseLines(diffLines(before, after)).map((line, place) =>
        'folded' in line ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines never change order
          <Fold key={place} lines={line.folded} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines never change order
          <Line key={place} line={line} />
        ),
      )}
    </div>
  );
}

function Line({ line: { state, text } }: { readonly line: DiffLineOf }) {
  return (
    <div className="diff-line" data-state={state}>
      <span aria-hidden="true">{lineSigns[state]} </span>
      {state !== 'same' && <span className="visually-hidden">{state}: </span>}
      <SafeText text={text} />
    </div>
  );
}

/** Unchanged lines, collapsed until they are opened. */
function Fold({ lines }: { readonly lines: readonly DiffLineOf[] }) {
  const [isOpen, setOpen] = useState(false);
  const label = `${lines.length} unchanged ${lines.length === 1 ? 'line' : 'lines'}`;
  return (
    <>
      <div className="diff-line-fold">
        <button type="button" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? `Hide ${label}` : `Show ${label}`}
        </button>
      </div>
      {/* biome-ignore lint/suspicious/noArrayIndexKey: the lines never change order */}
      {isOpen && lines.map((line, place) => <Line key={place} line={line} />)}
    </>
  );
}

/** Most characters, both texts together, that are compared word by word. */
const maxComparedLength = 2000;

function sharedEnds(before: unknown, after: unknown) {
  if (!isText(before) || !isText(after)) return undefined;
  if (before.length + after.length > maxComparedLength) return undefined;
  const shared = splitSharedEnds(before, after);
  return shared.start === '' && shared.end === '' ? undefined : shared;
}

/** Most lines, both texts together, in a line diff. Longer texts are shown one after the other. */
const maxComparedLines = 2000;

function hasLines(before: string, after: string): boolean {
  const lines = before.split('\n').length + after.split('\n').length;
  return before.includes('\n') && after.includes('\n') && lines <= maxComparedLines;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}
