// Shows a JSON value as text: strings in quotes, secrets as redacted, and invisible or bidirectional control characters
// escaped.
import Icon from '@cloudscape-design/components/icon';
import { useState } from 'react';
import { isMarker, redactedKey, splitAtMarkers } from '../../../core/redaction/text/markers.ts';
import { toJsonText } from '../../../core/values/exact-number.ts';
import { splitAtUnsafe } from '../../../core/values/visible-text.ts';
import { BreakableText } from './breakable-text.tsx';

/** Characters of a text above which it is truncated. */
const maxShownLength = 600;

/** Shows the value as JSON. Handles scalars and empty lists or objects. */
export function ValueText({ value }: { readonly value: unknown }) {
  if (typeof value !== 'string') return <span className="value-literal">{toJsonText(value)}</span>;
  if (isMarker(value)) return <Secret marker={value} />;
  return (
    <bdi className="value-string">
      "<LongText text={value} />"
    </bdi>
  );
}

/** Shows a key of a state. A key that was itself a secret is shown as redacted. */
export function KeyText({ name }: { readonly name: string | number }) {
  if (typeof name === 'number') return <span className="value-index">[{name}]</span>;
  return <bdi>{name === redactedKey ? '(redacted)' : <SafeText text={name} />}</bdi>;
}

/** Shows the text, truncated with a button to show all of it if it is long. */
export function LongText({ text }: { readonly text: string }) {
  const [isComplete, setComplete] = useState(false);
  if (isComplete || text.length <= maxShownLength) return <SafeText text={text} />;
  return (
    <>
      <SafeText text={cutAt(text, maxShownLength / 2)} />
      <button type="button" className="value-more" onClick={() => setComplete(true)}>
        … Show all {text.length.toLocaleString('en')} characters
      </button>
    </>
  );
}

/** Shows text with secrets marked, and invisible or bidirectional control characters escaped. */
export function SafeText({ text }: { readonly text: string }) {
  return splitAtMarkers(text).map((part, place) =>
    // Markers and texts alternate and never change order.
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
      // biome-ignore lint/suspicious/noArrayIndexKey: texts and escapes alternate and never change order
      <span key={place} className="value-escape" title="Invisible or control character">
        {shortEscapes[part] ?? part}
      </span>
    ),
  );
}

function Secret({ marker }: { readonly marker: string }) {
  const number = /\d+/.exec(marker)?.[0];
  return (
    <span
      className="value-secret"
      title="This secret was never stored. Within an entry, the same number means the same value."
    >
      <Icon name="lock-private" size="small" /> redacted {number}
    </span>
  );
}

/** The start of a text, not split inside a character. */
function cutAt(text: string, length: number): string {
  const cut = text.slice(0, length);
  return cut.isWellFormed() ? cut : cut.slice(0, -1);
}
