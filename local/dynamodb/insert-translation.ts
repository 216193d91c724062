// Translates PartiQL INSERT for stores without PartiQL, such as dynalite: each statement becomes a put on the
// condition that its key does not exist, and the responses are those of DynamoDB. Other statements are rejected.
// https://docs.aws.amazon.com/amazondynamodb/latest/APIReference/API_BatchExecuteStatement.html
import { type AwsResponse, awsError, awsJson } from '../iam/aws-error.ts';

/** Sends a call of the item API to the backend store. */
export type SendCall = (operation: string, body: unknown) => Promise<AwsResponse>;

/** The operations that the translation handles. */
export const statementOperations: ReadonlySet<string> = new Set([
  'ExecuteStatement',
  'BatchExecuteStatement',
]);

type Json = Readonly<Record<string, unknown>>;

export interface Insert {
  readonly tableName: string;
  readonly item: Json;
}

/**
 * Maps errors of the put to error codes of a statement. Any other error becomes an internal error, which callers
 * retry.
 */
const statementCodes: Readonly<Record<string, string>> = {
  ConditionalCheckFailedException: 'DuplicateItem',
  ProvisionedThroughputExceededException: 'ProvisionedThroughputExceeded',
  ThrottlingException: 'ThrottlingError',
  RequestLimitExceeded: 'RequestLimitExceeded',
  ValidationException: 'ValidationError',
  AccessDeniedException: 'AccessDenied',
  ResourceNotFoundException: 'ResourceNotFound',
};

const maxStatements = 25;

/** Handles ExecuteStatement and BatchExecuteStatement through calls of `send`. */
export function createInsertTranslation(): (
  operation: string,
  body: Json,
  send: SendCall,
) => Promise<AwsResponse> {
  const keyNames = new Map<string, Promise<readonly string[]>>();
  const keysOf = (tableName: string, send: SendCall) => {
    const known = keyNames.get(tableName) ?? readKeyNames(tableName, send);
    keyNames.set(tableName, known);
    known.catch(() => keyNames.delete(tableName));
    return known;
  };
  const put = async ({ tableName, item }: Insert, more: Json, send: SendCall) => {
    const [partitionKey = ''] = await keysOf(tableName, send);
    return send('PutItem', {
      TableName: tableName,
      Item: item,
      ConditionExpression: 'attribute_not_exists(#key)',
      ExpressionAttributeNames: { '#key': partitionKey },
      ...more,
    });
  };

  async function execute(body: Json, send: SendCall): Promise<AwsResponse> {
    const insert = readInsert(body);
    if (typeof insert === 'string') return awsError('dynamodb', 'ValidationException', insert);
    const response = await put(insert, capacityOf(body), send);
    if (response.status === 200) return awsJson('dynamodb', { Items: [], ...parse(response) });
    return errorCode(response) === 'ConditionalCheckFailedException'
      ? awsError('dynamodb', 'DuplicateItemException', duplicateMessage)
      : response;
  }

  async function executeBatch(body: Json, send: SendCall): Promise<AwsResponse> {
    const statements = Array.isArray(body.Statements) ? (body.Statements as Json[]) : [];
    if (statements.length === 0 || statements.length > maxStatements) {
      const message = `Member must have length less than or equal to ${maxStatements}, and at least 1`;
      return awsError('dynamodb', 'ValidationException', message);
    }
    const inserts = statements.map(readInsert);
    const problem = inserts.find((insert) => typeof insert === 'string');
    if (problem !== undefined) return awsError('dynamodb', 'ValidationException', problem);
    const valid = inserts.filter((insert) => typeof insert !== 'string');
    const keys = await Promise.all(
      valid.map(async ({ tableName, item }) => {
        const names = await keysOf(tableName, send);
        return JSON.stringify([tableName, ...names.map((name) => item[name])]);
      }),
    );
    if (new Set(keys).size < keys.length) {
      return awsError('dynamodb', 'ValidationException', 'Provided list of item keys contains duplicates');
    }
    const responses = await Promise.all(valid.map((insert) => put(insert, capacityOf(body), send)));
    const capacities = responses.flatMap((response) => parse(response).ConsumedCapacity ?? []);
    return awsJson('dynamodb', {
      Responses: responses.map((response, index) => toStatementResponse(response, valid[index]?.tableName)),
      ...(capacities.length > 0 && { ConsumedCapacity: capacities }),
    });
  }

  return (operation, body, send) =>
    operation === 'BatchExecuteStatement' ? executeBatch(body, send) : execute(body, send);
}

const duplicateMessage = 'Duplicate primary key exists in table';

function toStatementResponse(response: AwsResponse, TableName: string | undefined): Json {
  if (response.status === 200) return { TableName };
  const Code = statementCodes[errorCode(response)] ?? 'InternalServerError';
  const Message = Code === 'DuplicateItem' ? duplicateMessage : String(parse(response).message ?? Code);
  return { TableName, Error: { Code, Message } };
}

function capacityOf({ ReturnConsumedCapacity }: Json): Json {
  return ReturnConsumedCapacity === undefined ? {} : { ReturnConsumedCapacity };
}

const insertPattern = /^\s*INSERT\s+INTO\s+"?([\w.-]+)"?\s+VALUE\s+\{(.*)\}\s*$/is;
const memberPattern = /^\s*'((?:[^']|'')*)'\s*:\s*\?\s*$/;

/** Returns the item of an INSERT whose values are all parameters, or the reason why the statement is rejected. */
export function readInsert({ Statement, Parameters }: Json): Insert | string {
  const [, tableName, members] = insertPattern.exec(String(Statement)) ?? [];
  if (tableName === undefined || members === undefined) {
    return 'The local stack supports only the PartiQL statement INSERT INTO "table" VALUE {\'attribute\': ?, …}';
  }
  const values = Array.isArray(Parameters) ? Parameters : [];
  const names = members.split(',').map((member) => memberPattern.exec(member)?.[1]?.replaceAll("''", "'"));
  if (names.some((name) => name === undefined)) return 'Every value of an INSERT must be a parameter (?)';
  if (names.length !== values.length) return "Number of parameters in request and statement don't match.";
  return { tableName, item: Object.fromEntries(names.map((name, index) => [name, values[index]])) };
}

async function readKeyNames(tableName: string, send: SendCall): Promise<readonly string[]> {
  const { Table } = parse(await send('DescribeTable', { TableName: tableName })) as {
    Table?: { KeySchema: { AttributeName: string; KeyType: string }[] };
  };
  const schema = Table?.KeySchema ?? [];
  return [...schema]
    .sort((one, other) => one.KeyType.localeCompare(other.KeyType))
    .map((key) => key.AttributeName);
}

function errorCode(response: AwsResponse): string {
  return String(parse(response).__type ?? '').replace(/^.*#/, '');
}

function parse({ body }: AwsResponse): Json {
  return JSON.parse(body.toString() || '{}') as Json;
}
