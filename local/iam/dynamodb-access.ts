// Lists the actions and resources that IAM checks for a DynamoDB request.
// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
import type { Use } from './encryption.ts';

/** One action on one resource. `use` is absent when the action does not touch stored data. */
export interface Access {
  readonly action: string;
  readonly resourceArn: string;
  readonly use?: Use;
}

type Body = Readonly<Record<string, unknown>>;

const reads = new Set(['GetItem', 'Query', 'Scan', 'ConditionCheckItem', 'PartiQLSelect']);
const writes = new Set([
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'PartiQLInsert',
  'PartiQLUpdate',
  'PartiQLDelete',
]);
const batchUses: Readonly<Record<string, Use>> = { BatchGetItem: 'read', BatchWriteItem: 'write' };
const transactionParts: Readonly<Record<string, string>> = {
  Get: 'GetItem',
  Put: 'PutItem',
  Update: 'UpdateItem',
  Delete: 'DeleteItem',
  ConditionCheck: 'ConditionCheckItem',
};

/** Returns all accesses of a call, in the order of its parts. `tableArnPrefix` ends in `:table/`. */
export function dynamodbAccesses(operation: string, body: Body, tableArnPrefix: string): Access[] {
  const access = (action: string, table: unknown, index?: unknown): Access => ({
    action: `dynamodb:${action}`,
    resourceArn: arnOf(table, tableArnPrefix) + (typeof index === 'string' ? `/index/${index}` : ''),
    ...(reads.has(action) && { use: 'read' as const }),
    ...(writes.has(action) && { use: 'write' as const }),
  });
  const use = batchUses[operation];
  if (use !== undefined) {
    return Object.keys(asObject(body.RequestItems)).map((table) => ({ ...access(operation, table), use }));
  }
  if (operation === 'TransactWriteItems' || operation === 'TransactGetItems') {
    return asList(body.TransactItems).flatMap((item) =>
      Object.entries(asObject(item)).map(([part, value]) =>
        access(transactionParts[part] ?? part, asObject(value).TableName),
      ),
    );
  }
  if (operation === 'ExecuteTransaction')
    return asList(body.TransactStatements).map((item) => statement(item, access));
  if (operation === 'BatchExecuteStatement')
    return asList(body.Statements).map((item) => statement(item, access));
  if (operation === 'ExecuteStatement') return [statement(body, access)];
  if (typeof body.TableName === 'string') return [access(operation, body.TableName, body.IndexName)];
  if (typeof body.ResourceArn === 'string') return [access(operation, body.ResourceArn)];
  return [{ action: `dynamodb:${operation}`, resourceArn: '*' }];
}

const statementForm =
  /^\s*(select|insert|update|delete)\b(?:.*?\b(?:from|into))?\s+"?([\w.-]+)"?(?:\."?([\w.-]+)"?)?/is;

function statement(
  item: unknown,
  access: (action: string, table: unknown, index?: unknown) => Access,
): Access {
  const [, verb = '', table = '', index] = statementForm.exec(String(asObject(item).Statement)) ?? [];
  return access(`PartiQL${verb.charAt(0).toUpperCase()}${verb.slice(1).toLowerCase()}`, table, index);
}

function arnOf(table: unknown, tableArnPrefix: string): string {
  const name = String(table);
  return name.startsWith('arn:') ? name : `${tableArnPrefix}${name}`;
}

function asObject(value: unknown): Body {
  return typeof value === 'object' && value !== null ? (value as Body) : {};
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
