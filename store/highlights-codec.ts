// Encodes the highlights of a list view as a short text: JSON tuples in the order of the changed paths, which
// are stored separately.
import * as z from 'zod/mini';
import type { Highlight } from '../core/entry/entry-schemas.ts';

/** A sign and the values, unless they are too long: `["~", before, after]`, `["+", after]`, `["-", before]`. */
const tuplesSchema = z.array(
  z.union([
    z.tuple([z.literal('~'), z.unknown(), z.unknown()]),
    z.tuple([z.literal(['+', '-']), z.unknown()]),
    z.tuple([z.literal(['~', '+', '-', '%'])]),
  ]),
);

const signs = { replace: '~', add: '+', remove: '-', reorder: '%' } as const;
const ops = { '~': 'replace', '+': 'add', '-': 'remove', '%': 'reorder' } as const;

/** Encodes highlights. They must belong to the first changed paths, in order. */
export function encodeHighlights(highlights: readonly Highlight[]): string {
  return JSON.stringify(
    highlights.map(({ op, before, after }) => [
      signs[op],
      ...(before === undefined ? [] : [before]),
      ...(after === undefined ? [] : [after]),
    ]),
  );
}

/** Decodes stored highlights. Fails when the text is not valid. */
export function decodeHighlights(stored: string, changedPaths: readonly string[]): Highlight[] {
  return tuplesSchema.parse(JSON.parse(stored)).map(([sign, ...values], index) => {
    const path = changedPaths[index];
    if (path === undefined) throw new Error('a stored list view has more highlights than changed paths');
    const highlight = { path, op: ops[sign] };
    const [first, second] = values;
    if (first === undefined) return highlight;
    if (sign === '~') return { ...highlight, before: first, after: second };
    return sign === '+' ? { ...highlight, after: first } : { ...highlight, before: first };
  });
}
