// No principal of the template, including root, can change or remove an entry by any data-plane call. Only the
// recorder and the restore role can insert one. Evaluates the synthesized policies.
import { beforeAll, describe, expect, it } from 'vitest';
import { tableKind } from '../../../local/cloudformation/kinds/dynamodb.ts';
import { roleKind } from '../../../local/cloudformation/kinds/iam.ts';
import { loadStack } from '../../../local/cloudformation/stack.ts';
import { type AccessCheck, createAccessCheck } from '../../../local/iam/access-check.ts';
import { dynamodbAccesses } from '../../../local/iam/dynamodb-access.ts';
import { accountRoot, type Principal } from '../../../local/iam/principals.ts';
import { sharedAssembly } from '../../support/shared-assembly.ts';

const accountId = '210987654321';
const prefix = `arn:aws:dynamodb:eu-west-1:${accountId}:table/`;

let check: AccessCheck;
let entries: string;
let principals: readonly (readonly [name: string, principal: Principal])[];

beforeAll(async () => {
  const { template } = await sharedAssembly();
  const stack = loadStack(template, {
    stackName: 'RequestLogs-local',
    accountId,
    region: 'eu-west-1',
    gatewayUrl: 'http://localhost:3000',
  });
  check = createAccessCheck(stack);
  entries = stack.resources(tableKind).find(({ logicalId }) => logicalId.includes('Entries'))?.ref ?? '';
  const roles = stack.resources(roleKind);
  const administrator = { ...accountRoot(accountId), name: `arn:aws:iam::${accountId}:role/Administrator` };
  principals = [
    ['root', accountRoot(accountId)],
    ['an administrator', administrator],
    ...roles.map(({ logicalId, attributes }) => [logicalId, sessionOf(attributes.Arn ?? '')] as const),
  ];
});

function sessionOf(roleArn: string): Principal {
  const { accessKeyId } = check.assumeRole(roleArn, 'test');
  const principal = check.find(accessKeyId);
  if (principal === undefined) throw new Error(`no session of ${roleArn}`);
  return principal;
}

const changes: readonly [operation: string, body: (table: string) => Record<string, unknown>][] = [
  ['PutItem', (TableName) => ({ TableName })],
  ['UpdateItem', (TableName) => ({ TableName })],
  ['DeleteItem', (TableName) => ({ TableName })],
  ['BatchWriteItem', (table) => ({ RequestItems: { [table]: [] } })],
  ['TransactWriteItems', (TableName) => ({ TransactItems: [{ Put: { TableName } }] })],
  ['TransactWriteItems', (TableName) => ({ TransactItems: [{ Update: { TableName } }] })],
  ['TransactWriteItems', (TableName) => ({ TransactItems: [{ Delete: { TableName } }] })],
  ['ExecuteStatement', (table) => ({ Statement: `UPDATE "${table}" SET v = 1 WHERE pk = 'x'` })],
  ['ExecuteStatement', (table) => ({ Statement: `DELETE FROM "${table}" WHERE pk = 'x'` })],
  [
    'BatchExecuteStatement',
    (table) => ({ Statements: [{ Statement: `DELETE FROM "${table}" WHERE pk = 'x'` }] }),
  ],
  ['ExecuteTransaction', (table) => ({ TransactStatements: [{ Statement: `UPDATE "${table}" SET v = 1` }] })],
];

const inserts = ['ExecuteStatement', 'BatchExecuteStatement', 'ExecuteTransaction'].map((operation) => {
  const key = {
    ExecuteStatement: '',
    BatchExecuteStatement: 'Statements',
    ExecuteTransaction: 'TransactStatements',
  }[operation];
  return [
    operation,
    (table: string): Record<string, unknown> => {
      const one = { Statement: `INSERT INTO "${table}" VALUE {'pk': ?}` };
      return key ? { [key]: [one] } : one;
    },
  ] as const;
});

async function refusalOf(
  principal: Principal,
  operation: string,
  body: (table: string) => Record<string, unknown>,
): Promise<string | undefined> {
  const region = { 'kms:ViaService': 'dynamodb.eu-west-1.amazonaws.com' };
  return check.findDenial(principal, dynamodbAccesses(operation, body(entries), prefix), region);
}

describe('the entries table', () => {
  it('denies every principal every call that changes or removes an entry', async () => {
    expect(principals.length).toBeGreaterThan(6);
    for (const [name, principal] of principals) {
      for (const [operation, body] of changes) {
        expect(await refusalOf(principal, operation, body), `${operation} by ${name}`).toContain(
          'not authorized',
        );
      }
    }
  });

  it('allows only the recorder and the restore role to insert entries', async () => {
    for (const [operation, body] of inserts) {
      const allowed: string[] = [];
      for (const [name, principal] of principals) {
        if ((await refusalOf(principal, operation, body)) === undefined)
          allowed.push(name.replace(/[0-9A-F]{8}$/, ''));
      }
      expect(allowed.sort(), operation).toEqual(['IngestRecorderRole', 'TablesRestoreRole']);
    }
  });
});
