// Random events that declare their secrets.
import fc from 'fast-check';
import { type ServiceEvent, secret } from '../../emitter/index.ts';
import { declaredValues, type Text, textsAround } from '../core/redaction/declared/declared-texts.ts';
import { makeServiceEvent } from './service-events.ts';

/** How an event declares its secrets. */
const ways = ['secret', 'values', 'path', 'pattern'] as const;

export interface DeclaredCase {
  readonly values: readonly string[];
  /** The event in the emitter's format, with its declarations. */
  readonly event: ServiceEvent;
  /** The detail as a service without the emitter sends it, with `secretPaths`. */
  readonly rawDetail: Readonly<Record<string, unknown>>;
  /** The detail with other values in place of the declared ones, and without declarations. */
  readonly plainDetail: Readonly<Record<string, unknown>>;
}

/** A text of an event: the text around a value, and the index of the value. */
interface Filled {
  readonly text: Text;
  readonly which: number;
}

const filled: fc.Arbitrary<Filled> = fc.record({ text: textsAround, which: fc.nat(2) });

type Node =
  | null
  | boolean
  | number
  | Filled
  | readonly Node[]
  | { readonly entries: readonly (readonly [string | Filled, Node])[] };

const words = fc.constantFrom('name', 'size', 'engine', 'note', 'tags', 'config', 'port');

/** States like those of services, with values in texts and in keys. */
const { node: nodes } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    { weight: 4, arbitrary: filled },
    { weight: 1, arbitrary: fc.constantFrom(null, true, 5432, 20) },
    { weight: 1, arbitrary: fc.array(tie('node'), { maxLength: 3 }) },
    {
      weight: 2,
      arbitrary: fc
        .uniqueArray(
          fc.tuple(fc.oneof({ weight: 4, arbitrary: words }, { weight: 1, arbitrary: filled }), tie('node')),
          {
            maxLength: 3,
            selector: ([key]) => key,
          },
        )
        .map((entries) => ({ entries })),
    },
  ),
}));

const isFilled = (node: object): node is Filled => 'text' in node;

function build(node: Node, values: readonly string[]): unknown {
  if (typeof node !== 'object' || node === null) return node;
  const fill = ({ text, which }: Filled) => text(values[which % values.length] ?? '');
  if (isFilled(node)) return fill(node);
  if ('entries' in node && !Array.isArray(node)) {
    return Object.fromEntries(
      (node as { entries: readonly (readonly [string | Filled, Node])[] }).entries.map(([key, child]) => [
        typeof key === 'string' ? key : fill(key),
        build(child, values),
      ]),
    );
  }
  return (node as readonly Node[]).map((child) => build(child, values));
}

export const declaredCases: fc.Arbitrary<DeclaredCase> = fc
  .record({
    values: fc.uniqueArray(declaredValues, { minLength: 1, maxLength: 3 }),
    way: fc.constantFrom(...ways),
    reason: filled,
    userAgent: filled,
    before: nodes,
    after: nodes,
  })
  .map(({ values, way, reason, userAgent, before, after }) => {
    const detailOf = (all: readonly string[], own: (value: string) => unknown) => {
      const fill = ({ text, which }: Filled) => text(all[which % all.length] ?? '');
      const base = makeServiceEvent().detail;
      return {
        ...base,
        actor: { ...base.actor, userAgent: fill(userAgent) },
        reason: fill(reason),
        before: { state: build(before, all) },
        after: { own: all.map((value) => ({ field: own(value) })), state: build(after, all) },
      };
    };
    const paths = {
      exact: values.map((_, index) => `/after/own/${index}/field`),
      pattern: ['/after/own/*/field'],
    };
    const declared = {
      secret: {},
      values: { secretValues: values },
      path: { secretPaths: paths.exact },
      pattern: { secretPaths: paths.pattern },
    }[way];
    const { detailType } = makeServiceEvent();
    const detail = detailOf(values, way === 'secret' ? secret : String);
    return {
      values,
      event: { detailType, detail, ...declared } as ServiceEvent,
      rawDetail: {
        ...detailOf(values, String),
        eventId: 'evt-raw',
        secretPaths: way === 'pattern' ? paths.pattern : paths.exact,
      },
      plainDetail: detailOf(
        values.map((_, index) => `plain${index}`),
        String,
      ),
    };
  });
