import { describe, expect, it } from 'vitest';
import { dynamodbAccesses } from '../../../local/iam/dynamodb-access.ts';
import { sqsAccess } from '../../../local/iam/sqs-access.ts';

const tables = 'arn:aws:dynamodb:eu-west-1:210987654321:table/';
const queues = 'arn:aws:sqs:eu-west-1:210987654321:';

describe('dynamodbAccesses', () => {
  it.each([
    ['GetItem', { TableName: 'T' }, [['dynamodb:GetItem', 'T', 'read']]],
    ['PutItem', { TableName: `${tables}T` }, [['dynamodb:PutItem', 'T', 'write']]],
    ['Query', { TableName: 'T', IndexName: 'byUser' }, [['dynamodb:Query', 'T/index/byUser', 'read']]],
    ['DescribeTable', { TableName: 'T' }, [['dynamodb:DescribeTable', 'T', undefined]]],
    [
      'BatchWriteItem',
      { RequestItems: { A: [], B: [] } },
      [
        ['dynamodb:BatchWriteItem', 'A', 'write'],
        ['dynamodb:BatchWriteItem', 'B', 'write'],
      ],
    ],
    [
      'TransactWriteItems',
      { TransactItems: [{ Put: { TableName: 'A' } }, { ConditionCheck: { TableName: 'B' } }] },
      [
        ['dynamodb:PutItem', 'A', 'write'],
        ['dynamodb:ConditionCheckItem', 'B', 'read'],
      ],
    ],
    [
      'ExecuteStatement',
      { Statement: 'DELETE FROM "T" WHERE pk = ?' },
      [['dynamodb:PartiQLDelete', 'T', 'write']],
    ],
    ['ExecuteStatement', { Statement: 'insert into T value {}' }, [['dynamodb:PartiQLInsert', 'T', 'write']]],
    [
      'ExecuteStatement',
      { Statement: 'SELECT * FROM "T"."byUser"' },
      [['dynamodb:PartiQLSelect', 'T/index/byUser', 'read']],
    ],
    ['ExecuteStatement', { Statement: 'UPDATE "T" SET a = 1' }, [['dynamodb:PartiQLUpdate', 'T', 'write']]],
  ])('returns the accesses of %s %j', (operation, body, expected) => {
    expect(dynamodbAccesses(operation, body, tables)).toEqual(
      expected.map(([action, resource, use]) => ({
        action,
        resourceArn: `${tables}${resource}`,
        ...(use && { use }),
      })),
    );
  });

  it('returns access to all resources when the call names none', () => {
    expect(dynamodbAccesses('ListTables', {}, tables)).toEqual([
      { action: 'dynamodb:ListTables', resourceArn: '*' },
    ]);
  });
});

describe('sqsAccess', () => {
  it.each([
    [
      'SendMessageBatch',
      { QueueUrl: 'http://x/1/Q' },
      { action: 'sqs:SendMessage', resourceArn: `${queues}Q`, use: 'write' },
    ],
    [
      'ReceiveMessage',
      { QueueUrl: 'http://x/1/Q' },
      { action: 'sqs:ReceiveMessage', resourceArn: `${queues}Q`, use: 'read' },
    ],
    [
      'DeleteMessageBatch',
      { QueueUrl: 'http://x/1/Q' },
      { action: 'sqs:DeleteMessage', resourceArn: `${queues}Q` },
    ],
    ['GetQueueUrl', { QueueName: 'Q' }, { action: 'sqs:GetQueueUrl', resourceArn: `${queues}Q` }],
    ['ListQueues', {}, { action: 'sqs:ListQueues', resourceArn: '*' }],
  ])('returns the access of %s %j', (operation, body, expected) => {
    expect(sqsAccess(operation, body, queues)).toEqual(expected);
  });
});
