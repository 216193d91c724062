// The highlights of a list view as one short text: JSON tuples in the order of the changed paths, which stand there once.
import * as z from 'zod/mini';
import type { Highlight } from '../core/entry/entry-schemas.ts';

/** A sign, and the values unless they are too long: `["~", before, after]`, `["+", after]`, `["-", before]`. */
const tuplesSchema = z.array(
  z.union([
    z.tuple([z.literal('~'), z.unknown(), z.unknown()]),
    z.tuple([z.literal(['+', '-']), z.unknown()]),
    z.tuple([z.literal(['~', '+', '-'])]),
  ]),
);

const signs = { replace: '~', add: '+', remove: '-' } as const;
const ops = { '~': 'replace', '+': 'add', '-': 'remove' } as const;

/** The highlights as text; they must be those of the first changed paths. */
export function encodeHighlights(highlights: readonly Highlight[]): string {
  return JSON.stringify(
    highlights.map(({ op, before, after }) => [
      signs[op],
      ...(before === undefined ? [] : [before]),
      ...(after === undefined ? [] : [after]),
    ]),
  );
}

/** The highlights in a stored text. Fails when it is none of ours. */
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
