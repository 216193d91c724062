// GET /request-logs/log/checkpoint, /consistency, /leaves, /key, and /witnesses: the sealed log of an organization.
import { requireAllAccounts } from '../core/access/caller.ts';
import { readPermissions } from '../core/contract/vocabulary.ts';
import { addCosignatures } from '../core/log/cosignature-record.ts';
import { noteKeyTypes, toVerifierKey } from '../core/log/signed-note.ts';
import { toBase64 } from '../core/values/bytes.ts';
import { invalidParameter } from '../core/values/errors.ts';
import { logger } from './shared/logs.ts';
import { jsonResult, queryHandler, textResult } from './shared/query-handler.ts';
import { connectLogs, requireHead } from './shared/sealed-log.ts';
import { readWitnesses } from './shared/witnesses.ts';

const openLog = connectLogs();
const witnessKeys = readWitnesses().map(({ key }) => toVerifierKey(key, noteKeyTypes.witness));

/** The parameters of each document that has some. */
const parameters: Readonly<Record<string, readonly string[]>> = {
  consistency: ['from', 'to'],
  leaves: ['from'],
};

export const handler = queryHandler([readPermissions.read], async (event, caller) => {
  requireAllAccounts(caller);
  const document = event.rawPath.slice(event.rawPath.lastIndexOf('/') + 1);
  const query = new URLSearchParams(event.rawQueryString);
  rejectUnknown(query, parameters[document] ?? []);
  const { log, key, readCosigned } = await openLog(caller.organizationId);
  logger.info('log read', { document });
  if (document === 'key') return textResult(`${toVerifierKey(key)}\n`);
  if (document === 'witnesses') {
    const cosigned = new Map((await readCosigned()).map((one) => [one.key, one.checkpoint]));
    return jsonResult({
      witnesses: witnessKeys.map((witness) => ({ key: witness, checkpoint: cosigned.get(witness) ?? null })),
    });
  }
  const head = await requireHead(log);
  if (document === 'checkpoint') {
    return textResult(addCosignatures(head.checkpoint, await readCosigned()));
  }
  const { size } = head.edge;
  if (document === 'leaves') {
    const from = readNumber(query, 'from', 0, size) ?? 0;
    const leaves = await log.readLeaves(from, head);
    return jsonResult({ from, leaves: leaves.map(toBase64), treeSize: size });
  }
  const to = readNumber(query, 'to', 1, size) ?? size;
  const from = readNumber(query, 'from', 1, to);
  if (from === undefined) throw invalidParameter('from', `is required: a whole number from 1 to ${to}`);
  return jsonResult(await log.proveConsistency(from, to, head));
});

function rejectUnknown(query: URLSearchParams, allowed: readonly string[]): void {
  const unknown = [...query.keys()].find((name) => !allowed.includes(name));
  if (unknown === undefined) return;
  const hint = allowed.length === 0 ? 'there are none' : `allowed parameters are ${allowed.join(', ')}`;
  throw invalidParameter(unknown, `is not a parameter; ${hint}`);
}

function readNumber(
  query: URLSearchParams,
  name: 'from' | 'to',
  smallest: 0 | 1,
  largest: number,
): number | undefined {
  const values = query.getAll(name);
  const [text] = values;
  if (text === undefined) return undefined;
  const number = Number(text);
  const isWhole = /^(0|[1-9]\d{0,15})$/.test(text);
  if (values.length === 1 && isWhole && number >= smallest && number <= largest) return number;
  throw invalidParameter(name, `must be a whole number from ${smallest} to ${largest}`);
}
