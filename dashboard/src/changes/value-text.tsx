// A plain value as text: strings in quotes, secrets as redacted, and nothing in it that could act on the page's text or
// hide in it.
import Icon from '@cloudscape-design/components/icon';
import { useState } from 'react';
import { isMarker, redactedKey, splitAtMarkers } from '../../../core/redaction/text/markers.ts';
import { splitAtUnsafe } from '../../../core/values/visible-text.ts';
import { BreakableText } from './breakable-text.tsx';

/** Characters of a text that are shown before somebody asks for all of them. */
const maxShownLength = 600;

/** The value as JSON would write it, an empty list or object included. */
export function ValueText({ value }: { readonly value: unknown }) {
  if (typeof value !== 'string') return <span className="value-literal">{JSON.stringify(value)}</span>;
  if (isMarker(value)) return <Secret marker={value} />;
  return (
    <bdi className="value-string">
      "<LongText text={value} />"
    </bdi>
  );
}

/** A key of a state; one that was a secret itself is shown as redacted. */
export function KeyText({ name }: { readonly name: string | number }) {
  if (typeof name === 'number') return <span className="value-index">[{name}]</span>;
  return <bdi>{name === redactedKey ? '(redacted)' : <SafeText text={name} />}</bdi>;
}

/** The text, cut when it is very long until somebody asks for all of it. */
export function LongText({ text }: { readonly text: string }) {
  const [isWhole, setWhole] = useState(false);
  if (isWhole || text.length <= maxShownLength) return <SafeText text={text} />;
  return (
    <>
      <SafeText text={cutAt(text, maxShownLength / 2)} />
      <button type="button" className="value-more" onClick={() => setWhole(true)}>
        … show all {text.length.toLocaleString('en')} characters
      </button>
    </>
  );
}

/** Text with its secrets marked and with whatever is invisible or changes its direction written out. */
export function SafeText({ text }: { readonly text: string }) {
  return splitAtMarkers(text).map((part, place) =>
    // Markers and texts take turns, and neither is ever moved.
    // biome-ignore lint/suspicious/noArrayIndexKey: see above
    isMarker(part) ? <Secret key={place} marker={part} /> : <VisibleText key={place} text={part} />,
  );
}

const shortEscapes: Readonly<Record<string, string>> = {
  '\\u000a': '\\n',
  '\\u000d': '\\r',
  '\\u0009': '\\t',
};

function VisibleText({ text }: { readonly text: string }) {
  const parts = splitAtUnsafe(text);
  if (parts.length === 1) return <BreakableText text={text} />;
  return parts.map((part, place) =>
    place % 2 === 0 ? (
      part
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: texts and escapes take turns, and neither is ever moved
      <span key={place} className="value-escape" title="A character that would not be seen">
        {shortEscapes[part] ?? part}
      </span>
    ),
  );
}

function Secret({ marker }: { readonly marker: string }) {
  const number = /\d+/.exec(marker)?.[0];
  return (
    <span className="value-secret" title="A secret, never stored. Equal numbers were equal values.">
      <Icon name="lock-private" size="small" /> redacted {number}
    </span>
  );
}

/** The beginning of a text, not ending inside of a character. */
function cutAt(text: string, length: number): string {
  const cut = text.slice(0, length);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}
