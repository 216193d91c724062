// Writes the changes of tables with a stream to the journal. Each call is announced, made, and then settled. Calls
// whose changes cannot be captured are rejected, because a change that is missing in the stream would go unnoticed.
import { isDeepStrictEqual } from 'node:util';
import type { Capture } from '../dynamodb/capture.ts';
import { readInsert, type SendCall, statementOperations } from '../dynamodb/insert-translation.ts';
import { type AwsResponse, awsError } from '../iam/aws-error.ts';
import type { Attributes, Change, StreamJournal } from './journal.ts';

type Json = Readonly<Record<string, unknown>>;

/** The names of the key attributes of each table with a stream. */
export type StreamedTables = ReadonlyMap<string, readonly string[]>;

const itemOperations = new Set(['PutItem', 'UpdateItem', 'DeleteItem']);

/** Calls of several parts, which the local stack does not capture. */
const compoundOperations = new Set(['BatchWriteItem', 'TransactWriteItems', 'ExecuteTransaction']);

export function createCapture(journal: StreamJournal, tables: StreamedTables): Capture {
  let lastItemCall: Promise<unknown> = Promise.resolve();
  const keysOf = (tableName: string, item: Attributes): Attributes =>
    Object.fromEntries((tables.get(tableName) ?? []).map((name) => [name, item[name]]));

  async function insert(operation: string, body: Json, send: SendCall): Promise<AwsResponse> {
    const statements = operation === 'BatchExecuteStatement' ? asList(body.Statements) : [body];
    const changes = statements.map((statement): Change | undefined => {
      const parsed = readInsert(statement);
      if (typeof parsed === 'string' || !tables.has(parsed.tableName)) return undefined;
      const { tableName, item } = parsed;
      return { tableName, keys: keysOf(tableName, item), newImage: item };
    });
    const announced = changes.flatMap((change, index) => (change === undefined ? [] : [{ change, index }]));
    const numbers = journal.announce(announced.map(({ change }) => change));
    const response = await send(operation, body);
    const results = operation === 'BatchExecuteStatement' ? asList(parseBody(response).Responses) : [{}];
    journal.settle(
      announced.map(({ change, index }, position) => {
        const isMade = response.status === 200 && results[index]?.Error === undefined;
        return { number: numbers[position] ?? 0, made: isMade ? change : undefined };
      }),
    );
    return response;
  }

  /** Makes calls one after the other, so that the journal has the order of the changes. */
  function changeItem(operation: string, body: Json, send: SendCall): Promise<AwsResponse> {
    const call = lastItemCall.then(() => changeItemNow(operation, body, send));
    lastItemCall = call.catch(() => {});
    return call;
  }

  async function changeItemNow(operation: string, body: Json, send: SendCall): Promise<AwsResponse> {
    const wanted = body.ReturnValues ?? 'NONE';
    if (wanted !== 'NONE' && wanted !== 'ALL_OLD')
      return unsupported(`${operation} with ReturnValues ${wanted}`);
    const tableName = String(body.TableName);
    const item = body.Item as Attributes | undefined;
    const keys = keysOf(tableName, item ?? (body.Key as Attributes));
    const [number = 0] = journal.announce([{ tableName, keys, newImage: item }]);
    const response = await send(operation, { ...body, ReturnValues: 'ALL_OLD' });
    if (response.status !== 200) {
      journal.settle([{ number, made: undefined }]);
      return response;
    }
    const { Attributes: oldImage, ...rest } = parseBody(response) as { Attributes?: Attributes };
    const newImage =
      operation === 'UpdateItem'
        ? await readItem(tableName, keys, send)
        : operation === 'PutItem'
          ? item
          : undefined;
    const made = isDeepStrictEqual(oldImage, newImage) ? undefined : { tableName, keys, oldImage, newImage };
    journal.settle([{ number, made }]);
    return wanted === 'ALL_OLD' ? response : { ...response, body: JSON.stringify(rest) };
  }

  return (operation, body, send) => {
    const isStreamed = () => tablesIn(operation, body).some((name) => tables.has(name));
    if (compoundOperations.has(operation)) {
      return isStreamed() ? Promise.resolve(unsupported(operation)) : undefined;
    }
    if (itemOperations.has(operation) && tables.has(String(body.TableName))) {
      return changeItem(operation, body, send);
    }
    return statementOperations.has(operation) && isStreamed() ? insert(operation, body, send) : undefined;
  };
}

/**
 * Settles the changes that a killed process left open: a change was made if the stored item is the announced one. Call
 * it before the first client.
 */
export async function settleOpenChanges(journal: StreamJournal, send: SendCall): Promise<void> {
  for (const { number, ...change } of journal.openChanges()) {
    const stored = await readItem(change.tableName, change.keys, send);
    const isMade = stored !== undefined && isDeepStrictEqual(stored, change.newImage);
    journal.settle([{ number, made: isMade ? change : undefined }]);
  }
}

async function readItem(TableName: string, Key: Attributes, send: SendCall): Promise<Attributes | undefined> {
  const response = await send('GetItem', { TableName, Key, ConsistentRead: true });
  return parseBody(response).Item as Attributes | undefined;
}

/** The tables that a call of several parts or statements names. */
function tablesIn(operation: string, body: Json): string[] {
  if (operation === 'BatchWriteItem') return Object.keys((body.RequestItems ?? {}) as object);
  const statements = [body, ...asList(body.Statements), ...asList(body.TransactStatements)];
  const inStatements = statements.flatMap(({ Statement }) => String(Statement ?? '').match(/[\w.-]+/g) ?? []);
  const inParts = asList(body.TransactItems).flatMap((part) =>
    Object.values(part).map((value) => String((value as Json).TableName)),
  );
  return [...inStatements, ...inParts];
}

function unsupported(call: string): AwsResponse {
  const message = `The local stack does not support ${call} for a table with a stream.`;
  return awsError('dynamodb', 'ValidationException', message);
}

function asList(value: unknown): Json[] {
  return Array.isArray(value) ? value : [];
}

function parseBody({ body }: AwsResponse): Json {
  return JSON.parse(body.toString() || '{}') as Json;
}
