// What a form of an issuer's token is, and the pattern that finds it. The forms are in gitleaks-forms.ts (generated)
// and reviewed-forms.ts.

/** Fixed text, or an alphabet with the least and the greatest number of its characters. */
export type FormPart = string | readonly [alphabet: string, min: number, max: number];

export interface TokenForm {
  readonly issuer: string;
  readonly parts: readonly FormPart[];
}

/**
 * An issuer and the form of its token as one text: fixed text, and `{alphabet:length}`, `{alphabet:min,max}` or
 * `{alphabet:min,}` for what varies. The alphabet is that of a character class.
 */
export type TokenRow = readonly [issuer: string, form: string];

const variable = /\{([^{}]+):(\d+)(?:(,)(\d*))?\}/g;

/** Reads a row of a table. */
export function readRow([issuer, form]: TokenRow): TokenForm {
  const parts: FormPart[] = [];
  let place = 0;
  for (const match of form.matchAll(variable)) {
    const [all, alphabet = '', min = '', comma, max] = match;
    if (match.index > place) parts.push(form.slice(place, match.index));
    parts.push([alphabet, Number(min), comma === undefined ? Number(min) : Number(max) || unlimited]);
    place = match.index + all.length;
  }
  if (place < form.length) parts.push(form.slice(place));
  return { issuer, parts };
}

/** Writes a row of a table. */
export function writeRow({ issuer, parts }: TokenForm): TokenRow {
  const texts = parts.map((part) => {
    if (typeof part === 'string') return part;
    const [alphabet, min, max] = part;
    if (min === max) return `{${alphabet}:${min}}`;
    return max >= unlimited ? `{${alphabet}:${min},}` : `{${alphabet}:${min},${max}}`;
  });
  return [issuer, texts.join('')];
}

/** A greater limit means none. */
const unlimited = 1000;

/** With less fixed text a form is found only at its documented length, and not within a longer word. */
const minDistinctive = 4;

/**
 * Issuers change the length of their tokens: distinctive fixed text and so much of the last part are enough, unless the
 * part could be words in capitals or words with hyphens.
 */
const leastShare = 0.6;
const leastCharacters = 16;

/** How many characters of a form are fixed. */
export function countLiterals({ parts }: TokenForm): number {
  return parts.reduce((count, part) => count + (typeof part === 'string' ? part.length : 0), 0);
}

/**
 * The source of a pattern that finds tokens of this form. It takes linear time: nothing in it can match in two ways.
 */
export function patternOf(form: TokenForm): string {
  const isDistinctive = countLiterals(form) >= minDistinctive;
  const parts = form.parts.map((part, index) => {
    if (typeof part === 'string') return escapePattern(part);
    const [alphabet, min, max] = part;
    if (index < form.parts.length - 1) return `[${alphabet}]${countOf(min, max)}`;
    if (!isDistinctive) return `[${alphabet}]${countOf(min, max)}`;
    const isFlexible = min > leastCharacters && alphabet.includes('a-z') && !alphabet.endsWith('-');
    const least = isFlexible ? Math.max(leastCharacters, Math.floor(min * leastShare)) : min;
    return `[${alphabet}]{${least},}`;
  });
  return parts.join('') + (isDistinctive ? '' : '(?![A-Za-z0-9])');
}

function countOf(min: number, max: number): string {
  if (min === max) return min === 1 ? '' : `{${min}}`;
  return max >= unlimited ? `{${min},}` : `{${min},${max}}`;
}

function escapePattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/**
 * One pattern for all forms that begin with fixed text. It branches by character, so that most words are left early.
 */
export function alternativesOf(forms: readonly TokenForm[]): string {
  // Of two forms that begin alike, the one with more parts and the larger alphabet is tried first.
  const weight = ({ parts }: TokenForm) => parts.length * 1000 + String(parts.at(-1)?.[0] ?? '').length;
  const sorted = [...forms].sort((a, b) => weight(b) - weight(a));
  return branch(
    sorted.map((form) => {
      const text = String(form.parts[0]);
      return { text, rest: patternOf(form).slice(escapePattern(text).length) };
    }),
  );
}

interface Alternative {
  /** The fixed text that is left. */
  readonly text: string;
  /** The source of the pattern behind it. */
  readonly rest: string;
}

function branch(alternatives: readonly Alternative[]): string {
  const byFirst = new Map<string, Alternative[]>();
  for (const { text, rest } of alternatives) {
    const first = text.charAt(0);
    byFirst.set(first, [...(byFirst.get(first) ?? []), { text: text.slice(1), rest }]);
  }
  const sources = [...byFirst].flatMap(([first, rests]) => {
    if (first === '') return rests.map(({ rest }) => rest);
    const [only] = rests;
    if (rests.length === 1 && only) return [escapePattern(first + only.text) + only.rest];
    return [`${escapePattern(first)}(?:${branch(rests)})`];
  });
  return sources.join('|');
}

/** The longest fixed text of a form: a text without it has no such token. */
export function hintOf({ parts }: TokenForm): string {
  const texts = parts.filter((part) => typeof part === 'string');
  return texts.reduce((longest, text) => (text.length > longest.length ? text : longest), '');
}
