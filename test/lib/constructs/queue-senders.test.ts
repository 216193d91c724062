// Evaluates the synthesized policies: which principals can send messages to which queue.
import { describe, expect, it } from 'vitest';
import { ruleKind } from '../../../local/cloudformation/kinds/events.ts';
import { roleKind } from '../../../local/cloudformation/kinds/iam.ts';
import { queueKind } from '../../../local/cloudformation/kinds/sqs.ts';
import { loadStack } from '../../../local/cloudformation/stack.ts';
import { parseTemplate } from '../../../local/cloudformation/template.ts';
import { createAccessCheck } from '../../../local/iam/access-check.ts';
import { accountRoot, type Principal, servicePrincipal } from '../../../local/iam/principals.ts';
import { propertiesOf, synthesize } from '../synthesize.ts';

const accountId = '210987654321';
const stack = loadStack(parseTemplate(synthesize().toJSON()), {
  stackName: 'RequestLogs-test',
  accountId,
  region: 'eu-west-1',
  gatewayUrl: 'http://127.0.0.1:3000',
});
const access = createAccessCheck(stack);
const queues = ['Ingest', 'DeadLetters', 'Undelivered', 'Rejected'];
const roles = stack.resources(roleKind);
const rules = stack.resources(ruleKind);

function arnOfQueue(name: string): string {
  return (
    stack.resources(queueKind).find(({ logicalId }) => logicalId.includes(`Queues${name}`))?.attributes.Arn ??
    ''
  );
}

async function queuesOpenTo(principal: Principal, context?: Record<string, string>): Promise<string[]> {
  const open: string[] = [];
  for (const name of queues) {
    const sending = { action: 'sqs:SendMessage', resourceArn: arnOfQueue(name), use: 'write' as const };
    if ((await access.findDenial(principal, [sending], context)) === undefined) open.push(name);
  }
  return open;
}

function sessionOf(role: string): Principal {
  const principal = access.find(role);
  if (principal === undefined) throw new Error(`there is no role ${role}`);
  return principal;
}

describe('the queues', () => {
  it.each(roles.map(({ ref }) => ref))(
    'accept messages from role %s only if it is their sender',
    async (role) => {
      const expected = role.includes('IngestRedrive')
        ? ['Ingest']
        : role.includes('IngestRecorder')
          ? ['DeadLetters', 'Rejected']
          : [];
      expect(await queuesOpenTo(sessionOf(role))).toEqual(expected);
    },
  );

  it('accept no messages from root', async () => {
    expect(await queuesOpenTo(accountRoot(accountId))).toEqual([]);
  });

  it('deny nothing to an AWS service at the dead-letter queue, to which SQS itself moves messages', () => {
    const policy = propertiesOf(synthesize(), 'AWS::SQS::QueuePolicy', 'QueuesDeadLettersPolicy');
    expect(policy.PolicyDocument).toMatchObject({
      Statement: expect.arrayContaining([
        expect.objectContaining({
          Sid: 'NoOtherSender',
          Effect: 'Deny',
          Action: 'sqs:SendMessage',
          Condition: {
            ArnNotEquals: { 'aws:PrincipalArn': expect.anything() },
            Bool: { 'aws:PrincipalIsAWSService': 'false' },
          },
        }),
      ]),
    });
  });

  it('accept no messages from another account', async () => {
    expect(await queuesOpenTo(accountRoot('111122223333'))).toEqual([]);
  });

  const events = servicePrincipal('events.amazonaws.com', accountId);

  it.each(
    rules.filter(({ properties }) => properties.EventBusName).map(({ attributes }) => attributes.Arn ?? ''),
  )('accept messages from rule %s', async (ruleArn) => {
    expect(await queuesOpenTo(events, { 'aws:SourceArn': ruleArn })).toEqual(['Ingest', 'Undelivered']);
  });

  it('accept no messages from rules outside the stack', async () => {
    const foreign = `arn:aws:events:eu-west-1:${accountId}:rule/another`;
    expect(await queuesOpenTo(events, { 'aws:SourceArn': foreign })).toEqual([]);
    expect(await queuesOpenTo(events)).toEqual([]);
  });
});

describe('the redrive role', () => {
  it('can be assumed only by principals of the own account', () => {
    const role = roles.find(({ ref }) => ref.includes('IngestRedrive'));
    expect(role?.properties.AssumeRolePolicyDocument.Statement).toEqual([
      { Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${accountId}:root` } },
    ]);
  });

  it.each(['DeadLetters', 'Undelivered', 'Rejected'])(
    'can receive and delete messages of %s',
    async (name) => {
      const role = sessionOf(roles.find(({ ref }) => ref.includes('IngestRedrive'))?.ref ?? '');
      const resourceArn = arnOfQueue(name);
      const actions = ['ReceiveMessage', 'DeleteMessage', 'ChangeMessageVisibility', 'GetQueueAttributes'];
      for (const action of actions) {
        const use = action === 'ReceiveMessage' ? { use: 'read' as const } : {};
        expect(
          await access.findDenial(role, [{ action: `sqs:${action}`, resourceArn, ...use }]),
        ).toBeUndefined();
      }
    },
  );
});
