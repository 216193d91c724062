// Answers requests as the API does, from a sealed log in memory.
import { toListItem } from '../../core/entry/entry.ts';
import { toVerifierKey } from '../../core/log/signed-note.ts';
import { key, sealableOf, type sealedLog } from '../core/log/sealed-entries.ts';
import { emptyPage, type FakeAnswer, type FakeApi } from './fake-api.ts';

export type Log = Awaited<ReturnType<typeof sealedLog>>;

/** Returns the API's answer. */
export async function answerFrom(
  { entries, reader }: Log,
  { path, query }: FakeApi['requests'][number],
  /** Checkpoints that witnesses cosigned. */
  cosigned: readonly (string | null)[] = [],
): Promise<FakeAnswer> {
  const head = await reader.readHead();
  if (head === undefined) throw new Error('the log is empty');
  const [, , id = '', what] = path.split('/');
  if (path === '/request-logs') {
    return {
      body: { ...emptyPage, items: entries.map((entry) => JSON.parse(JSON.stringify(toListItem(entry)))) },
    };
  }
  if (path.endsWith('/key')) return { body: `${toVerifierKey(key)}\n` };
  if (path.endsWith('/checkpoint')) return { body: head.checkpoint };
  if (path.endsWith('/witnesses')) {
    return { body: { witnesses: cosigned.map((checkpoint) => ({ key: 'a key of the API', checkpoint })) } };
  }
  if (path.endsWith('/consistency')) {
    return { body: await reader.proveConsistency(Number(query.get('from')), Number(query.get('to')), head) };
  }
  const number = entries.findIndex((entry) => entry.id === id);
  const entry = entries[number];
  if (entry === undefined) return { status: 404, body: { code: 'NOT_FOUND', detail: 'no entry' } };
  if (what !== 'proof') return { body: { ...entry, changes: [] } };
  const proof = await reader.prove(sealableOf(entry, number));
  return proof === undefined
    ? { status: 404, body: { code: 'NOT_SEALED', detail: 'wait' } }
    : { body: proof };
}
