// The patterns of the filter `changed`: keys separated by dots, such as `instanceClass`, `ingress.*` or
// `environment.LOG_LEVEL`. Also runs in browsers.

/** A pattern for the path of a change. */
export interface PathPattern {
  /** The keys, one for each level. `undefined` stands for `*`, which matches any key. */
  readonly keys: readonly (string | undefined)[];
  /** Whether the first key is at the top level of the state. Otherwise, it can be at any level. */
  readonly isAnchored: boolean;
  /** Whether the pattern excludes what it matches. */
  readonly isNegated: boolean;
}

/** Either the pattern, or what is wrong with it, as the rest of a sentence that begins with the name of the filter. */
export type PathReading = { readonly pattern: PathPattern } | { readonly problem: string };

/** The maximum number of keys of a pattern, which is the maximum depth of an event. */
export const maxPatternKeys = 32;

const problems = {
  empty: 'must not have an empty key; a path is keys separated by dots',
  asterisk: 'must contain * only as a complete key, where it matches any key; write \\* for the character',
  backslash: 'must contain \\ only before a dot, *, !, a comma, [ or \\; write \\\\ for the character',
  bracket: 'must contain an index such as [0] only at the end of a key',
  comma: 'must contain a comma within a key only as \\,',
  depth: `must have at most ${maxPatternKeys} keys`,
};

const key = '(?:\\*|(?:[^\\\\.*,\\[]|\\\\[.*!,\\\\\\[]|\\[(?!(?:\\d+|\\*)\\]))+)';
const bracket = '\\[(?:\\d+|\\*)\\]';

/** The form of a written pattern, for the OpenAPI document. */
export const pathForm = `^(?!!$)!?(?:\\.?${key}|${bracket})(?:\\.${key}|${bracket}){0,${maxPatternKeys - 1}}$`;

const form = new RegExp(pathForm, 'u');

/** Parses one written pattern. `[0]` is the same as `.0`, because the page shows indexes this way. */
export function parsePathPattern(written: string): PathReading {
  const isNegated = written.startsWith('!');
  let rest = (isNegated ? written.slice(1) : written).replaceAll(
    /(\\.)|\[(\d+|\*)\]/gs,
    (found, escaped, index) => (escaped === undefined ? `.${index}` : found),
  );
  const isAnchored = rest.startsWith('.');
  if (isAnchored) rest = rest.slice(1);
  const keys: (string | undefined)[] = [];
  let [key, isWildcard] = ['', false];
  const endKey = (): string | undefined => {
    if (isWildcard && key !== '') return problems.asterisk;
    if (!isWildcard && key === '') return problems.empty;
    keys.push(isWildcard ? undefined : key);
    [key, isWildcard] = ['', false];
    return undefined;
  };
  for (let at = 0; at < rest.length; at++) {
    const character = rest[at] as string;
    if (character === ',') return { problem: problems.comma };
    if (character === '.') {
      const problem = endKey();
      if (problem !== undefined) return { problem };
    } else if (character === '*') {
      if (isWildcard) return { problem: problems.asterisk };
      isWildcard = true;
    } else if (character === '\\') {
      const escaped = rest[++at];
      if (escaped === undefined || !'.*!,\\['.includes(escaped)) return { problem: problems.backslash };
      key += escaped;
    } else key += character;
  }
  const problem =
    endKey() ??
    (keys.length > maxPatternKeys ? problems.depth : form.test(written) ? undefined : problems.bracket);
  return problem === undefined ? { pattern: { keys, isAnchored, isNegated } } : { problem };
}

/** Returns the canonical form of a pattern. `parsePathPattern` reverses it. */
export function printPathPattern({ keys, isAnchored, isNegated }: PathPattern): string {
  const path = keys.map((key) => (key === undefined ? '*' : escapeKey(key))).join('.');
  const start = isAnchored ? '.' : '';
  return `${isNegated ? '!' : ''}${start}${start === '' ? path.replace(/^!/, '\\!') : path}`;
}

function escapeKey(key: string): string {
  return key.replace(/[\\.*,]|\[(?=(?:\d+|\*)\])/g, '\\$&');
}

/** Returns the pattern of a canonical term, as in `Filters`. Throws if it is not one. */
export function readPathPattern(written: string): PathPattern {
  const reading = parsePathPattern(written);
  if ('pattern' in reading) return reading.pattern;
  throw new TypeError(`a path ${reading.problem}: ${JSON.stringify(written)}`);
}

/** Whether the pattern matches the path with these keys or a place that contains it. */
export function matchesPath({ keys, isAnchored }: PathPattern, path: readonly string[]): boolean {
  const lastStart = isAnchored ? 0 : path.length - keys.length;
  for (let start = 0; start <= lastStart; start++) {
    if (
      keys.every(
        (key, level) => start + level < path.length && (key === undefined || key === path[start + level]),
      )
    )
      return true;
  }
  return false;
}
