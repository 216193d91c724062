// GET /request-logs/log/checkpoint, /log/consistency and /log/key: the state of an organization's sealed log.
import { requireAllAccounts } from '../core/access/caller.ts';
import { readPermissions } from '../core/contract/vocabulary.ts';
import { toVerifierKey } from '../core/log/signed-note.ts';
import { invalidParameter } from '../core/values/errors.ts';
import { logger } from './shared/logs.ts';
import { jsonResult, queryHandler, textResult } from './shared/query-handler.ts';
import { connectLogs, requireHead } from './shared/sealed-log.ts';

const openLog = connectLogs();

export const handler = queryHandler([readPermissions.read], async (event, caller) => {
  requireAllAccounts(caller);
  const document = event.rawPath.slice(event.rawPath.lastIndexOf('/') + 1);
  const query = new URLSearchParams(event.rawQueryString);
  rejectUnknown(query, document === 'consistency' ? ['from', 'to'] : []);
  const { log, key } = await openLog(caller.organizationId);
  logger.info('log read', { document });
  if (document === 'key') return textResult(`${toVerifierKey(key)}\n`);
  const head = await requireHead(log);
  if (document === 'checkpoint') return textResult(head.checkpoint);
  const to = readSize(query, 'to', head.edge.size) ?? head.edge.size;
  const from = readSize(query, 'from', to);
  if (from === undefined) throw invalidParameter('from', `is required: a whole number from 1 to ${to}`);
  return jsonResult(await log.proveConsistency(from, to, head));
});

function rejectUnknown(query: URLSearchParams, allowed: readonly string[]): void {
  const unknown = [...query.keys()].find((name) => !allowed.includes(name));
  if (unknown === undefined) return;
  const hint = allowed.length === 0 ? 'there are none' : `allowed parameters are ${allowed.join(', ')}`;
  throw invalidParameter(unknown, `is not a parameter; ${hint}`);
}

function readSize(query: URLSearchParams, name: 'from' | 'to', largest: number): number | undefined {
  const values = query.getAll(name);
  const [text] = values;
  if (text === undefined) return undefined;
  const size = Number(text);
  if (values.length === 1 && /^[1-9]\d{0,15}$/.test(text) && size <= largest) return size;
  throw invalidParameter(name, `must be a whole number from 1 to ${largest}`);
}
