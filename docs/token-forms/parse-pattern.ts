// Reads the facts in a regular expression of a token: its fixed text, and the alphabet and length of what varies. It
// understands the part of RE2's syntax that describes tokens, and refuses the rest.
import type { FormPart } from '../../core/redaction/detectors/token-form.ts';

/** Thrown for a pattern that says more than a token's form, such as the words before it. */
export class UnsupportedPatternError extends Error {}

/** More alternatives than this are no list of prefixes. */
const maxForms = 24;

/** A longer run is not limited. */
const unlimited = 1000;

type Forms = readonly (readonly FormPart[])[];

const escapes: Readonly<Record<string, string>> = { w: 'A-Za-z0-9_', d: '0-9' };
const posixClasses: Readonly<Record<string, string>> = {
  alnum: 'A-Za-z0-9',
  xdigit: '0-9A-Fa-f',
  digit: '0-9',
};

/** What follows a token, or precedes it, and is no part of it. */
const boundaries = [
  String.raw`(?:[\x60'"\s;]|\\[nr]|$|\b)`,
  String.raw`(?:[\x60'"\s;]|\\[nr]|$)`,
  String.raw`(?:$|[\\'"\x60\s<),])`,
  String.raw`(?:^|[\\'"\x60\s>=:(,)])`,
  String.raw`(?:[^\w-]|\z)`,
  String.raw`(?:[^a-zA-Z0-9+/]|\z)`,
];

/** Returns the forms that a pattern allows, one for each combination of its alternatives. */
export function formsOf(pattern: string): Forms {
  const text = boundaries.reduce((rest, boundary) => rest.replaceAll(boundary, ''), pattern);
  const reader = new PatternReader(text);
  return reader.read().map(joinLiterals);
}

class PatternReader {
  readonly #text: string;
  #place = 0;
  #ignoresCase = false;

  constructor(text: string) {
    this.#text = text;
  }

  read(): Forms {
    const forms = this.#readAlternatives();
    if (this.#place < this.#text.length) throw this.#unsupported();
    return forms;
  }

  #unsupported(): UnsupportedPatternError {
    return new UnsupportedPatternError(
      `at ${this.#place}: ${this.#text.slice(this.#place, this.#place + 16)}`,
    );
  }

  #take(text: string): boolean {
    if (!this.#text.startsWith(text, this.#place)) return false;
    this.#place += text.length;
    return true;
  }

  #readAlternatives(): Forms {
    const forms = [...this.#readSequence()];
    while (this.#take('|')) forms.push(...this.#readSequence());
    if (forms.length > maxForms) throw this.#unsupported();
    return forms;
  }

  #readSequence(): Forms {
    let forms: Forms = [[]];
    while (this.#place < this.#text.length && !/[|)]/.test(this.#text.charAt(this.#place))) {
      const part = this.#readRepeated();
      forms = forms.flatMap((form) => part.map((next) => [...form, ...next]));
      if (forms.length > maxForms) throw this.#unsupported();
    }
    return forms;
  }

  #readRepeated(): Forms {
    const forms = this.#readAtom();
    const [quantifier = ''] = /^(?:\{\d+(?:,\d*)?\}|[*+?])\??/.exec(this.#text.slice(this.#place)) ?? [];
    if (quantifier === '') return forms;
    this.#place += quantifier.length;
    const [min, max] = limitsOf(quantifier);
    const [only] = forms;
    const [part] = only ?? [];
    if (forms.length === 1 && only?.length === 1 && typeof part === 'object') return [[[part[0], min, max]]];
    if (forms.length === 1 && only?.length === 1 && typeof part === 'string' && part.length === 1) {
      return min === 0 ? [[]] : [[[part, min, max]]];
    }
    if (max === 1) return [[], ...forms];
    throw this.#unsupported();
  }

  #readAtom(): Forms {
    if (this.#take('\\b') || this.#take('\\z') || this.#take('^') || this.#take('$')) return [[]];
    if (this.#take('(?i)')) return this.#setCase(true);
    if (this.#take('(?-i)')) return this.#setCase(false);
    for (const [open, ignoresCase] of [
      ['(?-i:', false],
      ['(?i:', true],
    ] as const) {
      if (this.#take(open)) return this.#readGroup(ignoresCase);
    }
    if (this.#take('(?:')) return this.#readGroup(this.#ignoresCase);
    if (this.#text.startsWith('(?', this.#place)) throw this.#unsupported();
    if (this.#take('(')) return this.#readGroup(this.#ignoresCase);
    if (this.#take('[')) return [[[this.#readClass(), 1, 1]]];
    if (this.#take('\\')) return this.#readEscape();
    if (this.#take('.')) throw this.#unsupported();
    const character = this.#text.charAt(this.#place);
    this.#place += 1;
    return [[character]];
  }

  #setCase(ignoresCase: boolean): Forms {
    this.#ignoresCase = ignoresCase;
    return [[]];
  }

  #readGroup(ignoresCase: boolean): Forms {
    const outer = this.#ignoresCase;
    this.#ignoresCase = ignoresCase;
    const forms = this.#readAlternatives();
    if (!this.#take(')')) throw this.#unsupported();
    this.#ignoresCase = outer;
    return forms;
  }

  #readEscape(): Forms {
    const character = this.#text.charAt(this.#place);
    this.#place += 1;
    const alphabet = escapes[character];
    if (alphabet !== undefined) return [[[alphabet, 1, 1]]];
    if (/[A-Za-z0-9]/.test(character)) throw this.#unsupported();
    return [[character]];
  }

  /** The alphabet of a class, in the spelling of `FormPart`. */
  #readClass(): string {
    if (this.#text.charAt(this.#place) === '^') throw this.#unsupported();
    const ranges = new Set<string>();
    while (!this.#take(']')) {
      const [posix = '', name = ''] = /^\[:(\w+):\]/.exec(this.#text.slice(this.#place)) ?? [];
      this.#place += posix.length;
      for (const spelled of posixClasses[name]?.match(/.-./g) ?? []) ranges.add(spelled);
      if (posix !== '') continue;
      const range = /^(?:\\([wd])|\\?([\s\S])(?:-\\?([^\]]))?)/.exec(this.#text.slice(this.#place));
      const [all = '', kind, first = '', last] = range ?? [];
      if (all === '') throw this.#unsupported();
      this.#place += all.length;
      if (kind !== undefined) ranges.add(escapes[kind] ?? '');
      else for (const spelled of this.#spellings(first, last)) ranges.add(spelled);
    }
    return normalizeAlphabet([...ranges].join(''));
  }

  #spellings(first: string, last: string | undefined): string[] {
    const one = last === undefined ? first : `${first}-${last}`;
    return this.#ignoresCase && /[a-z]/i.test(first) ? [one.toUpperCase(), one.toLowerCase()] : [one];
  }
}

function limitsOf(quantifier: string): [min: number, max: number] {
  const count = quantifier.replace(/\?$/, '') || '?';
  if (count === '*') return [0, unlimited];
  if (count === '+') return [1, unlimited];
  if (count === '?') return [0, 1];
  const [min = '0', max] = count.slice(1, -1).split(',');
  return [Number(min), max === undefined ? Number(min) : max === '' ? unlimited : Number(max)];
}

/** Ranges first, then single signs, a hyphen last. */
function normalizeAlphabet(alphabet: string): string {
  const ranges: readonly string[] = alphabet.match(/[A-Za-z0-9]-[A-Za-z0-9]/g) ?? [];
  const signs = alphabet.replace(/[A-Za-z0-9]-[A-Za-z0-9]/g, '').replaceAll('-', '');
  const order = ['A-Z', 'a-z', '0-9'];
  const known = order.filter((range) => ranges.includes(range));
  const others = [...new Set(ranges)].filter((range) => !order.includes(range));
  const hyphen = alphabet.replace(/[A-Za-z0-9]-[A-Za-z0-9]/g, '').includes('-') ? '-' : '';
  return [...known, ...others, ...new Set(signs), hyphen].join('');
}

function joinLiterals(form: readonly FormPart[]): FormPart[] {
  const joined: FormPart[] = [];
  for (const part of form) {
    const last = joined.at(-1);
    if (typeof part === 'string' && typeof last === 'string') joined[joined.length - 1] = last + part;
    else if (typeof part === 'object' && typeof last === 'object' && part[0] === last[0]) {
      joined[joined.length - 1] = [part[0], part[1] + last[1], Math.min(part[2] + last[2], unlimited)];
    } else joined.push(part);
  }
  return joined;
}
