import { describe, expect, it } from 'vitest';
import { roleKind } from '../../../local/cloudformation/kinds/iam.ts';
import { keyKind } from '../../../local/cloudformation/kinds/kms.ts';
import { loadStack } from '../../../local/cloudformation/stack.ts';
import { createAccessCheck, isIdentityError } from '../../../local/iam/access-check.ts';
import { accountRoot, servicePrincipal } from '../../../local/iam/principals.ts';
import { smallTemplate } from '../small-stack.ts';

const account = '210987654321';
const tableArn = `arn:aws:dynamodb:eu-west-1:${account}:table/Small-Table`;
const queueArn = `arn:aws:sqs:eu-west-1:${account}:Small-Queue`;
const ruleArn = `arn:aws:events:eu-west-1:${account}:rule/small/Small-Rule`;
const busArn = `arn:aws:events:eu-west-1:${account}:event-bus/small`;

function makeAccessCheck(
  change: (resources: ReturnType<typeof smallTemplate>['Resources']) => void = () => {},
) {
  const template = smallTemplate();
  change(template.Resources);
  const stack = loadStack(template, {
    stackName: 'Small',
    accountId: account,
    region: 'eu-west-1',
    gatewayUrl: 'http://localhost:3000',
  });
  const accessCheck = createAccessCheck(stack);
  const { accessKeyId } = accessCheck.assumeRole(
    stack.resources(roleKind)[0]?.attributes.Arn ?? '',
    'Small-Function',
  );
  const session = accessCheck.find(accessKeyId) ?? accountRoot('000000000000');
  const write = { action: 'dynamodb:PutItem', resourceArn: tableArn, use: 'write' as const };
  return { accessCheck, session, stack, write, accessKeyId };
}

describe("a function's session", () => {
  it('is allowed what its role allows', async () => {
    const { accessCheck, session, write } = makeAccessCheck();
    expect(await accessCheck.findDenial(session, [write])).toBeUndefined();
  });

  it('is denied what no policy allows, with the same message as in AWS', async () => {
    const { accessCheck, session } = makeAccessCheck();
    const denial = await accessCheck.findDenial(session, [
      { action: 'dynamodb:UpdateItem', resourceArn: tableArn },
    ]);
    expect(denial).toBe(
      `User: arn:aws:sts::${account}:assumed-role/Small-Role/Small-Function is not authorized to perform: dynamodb:UpdateItem on resource: ${tableArn} because no identity-based policy allows the dynamodb:UpdateItem action`,
    );
  });

  it('can query an index only by the ARN of the index', async () => {
    const { accessCheck, session } = makeAccessCheck();
    const query = (resourceArn: string) =>
      accessCheck.findDenial(session, [{ action: 'dynamodb:Query', resourceArn, use: 'read' }]);
    expect(await query(`${tableArn}/index/byUser`)).toBeUndefined();
    expect(await query(`${tableArn}/index/byTime`)).toContain('dynamodb:Query');
    expect(await query(tableArn)).toContain('dynamodb:Query');
  });

  it('is denied what the table policy denies, although its role allows it', async () => {
    const { accessCheck, session } = makeAccessCheck();
    const denial = await accessCheck.findDenial(session, [
      { action: 'dynamodb:DeleteItem', resourceArn: tableArn },
    ]);
    expect(denial).toContain('with an explicit deny in a resource-based policy');
  });

  it('fails without the permission on the key of the table', async () => {
    const { accessCheck, session, write } = makeAccessCheck((resources) => {
      resources.RolePolicy.Properties.PolicyDocument.Statement.pop();
    });
    expect(await accessCheck.findDenial(session, [write])).toContain(
      'not authorized to perform: kms:Decrypt',
    );
  });

  it('needs kms:GenerateDataKey to write but not to read', async () => {
    const { accessCheck, session, write } = makeAccessCheck((resources) => {
      resources.RolePolicy.Properties.PolicyDocument.Statement.at(-1).Action = 'kms:Decrypt';
    });
    expect(await accessCheck.findDenial(session, [write])).toContain('kms:GenerateDataKey');
    expect(
      await accessCheck.findDenial(session, [{ ...write, action: 'dynamodb:GetItem', use: 'read' }]),
    ).toBeUndefined();
  });

  it('evaluates kms:ViaService', async () => {
    const via = (service: string) =>
      makeAccessCheck((resources) => {
        resources.RolePolicy.Properties.PolicyDocument.Statement.at(-1).Condition = {
          StringEquals: { 'kms:ViaService': `${service}.eu-west-1.amazonaws.com` },
        };
      });
    const right = via('dynamodb');
    expect(await right.accessCheck.findDenial(right.session, [right.write])).toBeUndefined();
    const wrong = via('sqs');
    expect(await wrong.accessCheck.findDenial(wrong.session, [wrong.write])).toContain('kms:Decrypt');
  });

  it('is denied by a key policy that does not trust the account', async () => {
    const { accessCheck, session, stack, write } = makeAccessCheck((resources) => {
      resources.Key.Properties.KeyPolicy.Statement.shift();
    });
    expect(stack.resources(keyKind)).toHaveLength(1);
    expect(await accessCheck.findDenial(session, [write])).toContain('kms:Decrypt');
  });

  it('is limited by a permissions boundary', async () => {
    const { accessCheck, session, write } = makeAccessCheck((resources) => {
      resources.Boundary = {
        Type: 'AWS::IAM::ManagedPolicy',
        Properties: {
          PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sqs:*', Resource: '*' }] },
        },
      };
      resources.Role.Properties.PermissionsBoundary = { Ref: 'Boundary' };
    });
    expect(await accessCheck.findDenial(session, [write])).toContain('no permissions boundary allows');
  });

  it('fails when the role has an unsupported managed policy', () => {
    expect(() =>
      makeAccessCheck((resources) => {
        resources.Role.Properties.ManagedPolicyArns = ['arn:aws:iam::aws:policy/AdministratorAccess'];
      }),
    ).toThrow('managed policy arn:aws:iam::aws:policy/AdministratorAccess');
  });
});

describe('EventBridge', () => {
  const send = { action: 'sqs:SendMessage', resourceArn: queueArn, use: 'write' as const };
  const events = servicePrincipal('events.amazonaws.com', account);
  const from = (arn: string) => ({ 'aws:SourceArn': arn, 'aws:SourceAccount': account });

  it('can send to the queue from the rule in the queue policy, and from no other rule', async () => {
    const { accessCheck } = makeAccessCheck();
    expect(await accessCheck.findDenial(events, [send], from(ruleArn))).toBeUndefined();
    expect(await accessCheck.findDenial(events, [send], from(`${ruleArn}2`))).toContain('sqs:SendMessage');
  });

  it('cannot send when the key policy does not allow it', async () => {
    const { accessCheck } = makeAccessCheck((resources) => {
      resources.Key.Properties.KeyPolicy.Statement.pop();
    });
    expect(await accessCheck.findDenial(events, [send], from(ruleArn))).toContain('kms:Decrypt');
  });
});

describe('the root of an account', () => {
  it("has all permissions in the stack's account that no resource policy denies", async () => {
    const { accessCheck } = makeAccessCheck();
    const root = accountRoot(account);
    expect(
      await accessCheck.findDenial(root, [{ action: 'dynamodb:Scan', resourceArn: tableArn, use: 'read' }]),
    ).toBeUndefined();
    expect(
      await accessCheck.findDenial(root, [{ action: 'dynamodb:DeleteItem', resourceArn: tableArn }]),
    ).toContain('deny');
  });

  it('can put events from another account only when the bus policy allows it', async () => {
    const { accessCheck } = makeAccessCheck((resources) => {
      resources.BusPolicy = {
        Type: 'AWS::Events::EventBusPolicy',
        Properties: {
          EventBusName: { Ref: 'Bus' },
          StatementId: 'Producers',
          Statement: {
            Effect: 'Allow',
            Principal: { AWS: 'arn:aws:iam::111122223333:root' },
            Action: 'events:PutEvents',
            Resource: { 'Fn::GetAtt': ['Bus', 'Arn'] },
            Condition: { 'ForAllValues:StringEquals': { 'events:source': ['shop'] } },
          },
        },
      };
    });
    const put = (id: string, source: string) =>
      accessCheck.findDenial(accountRoot(id), [{ action: 'events:PutEvents', resourceArn: busArn }], {
        'events:source': source,
      });
    expect(await put('111122223333', 'shop')).toBeUndefined();
    expect(await put('111122223333', 'other')).toContain('events:PutEvents');
    expect(await put('444455556666', 'shop')).toContain('events:PutEvents');
    expect(await put(account, 'other')).toBeUndefined();
  });
});

describe('identify', () => {
  const signed = (key: string) =>
    `AWS4-HMAC-SHA256 Credential=${key}/20261101/eu-west-1/dynamodb/aws4_request, SignedHeaders=host, Signature=0`;

  it('finds a session by its access key id, and treats 12 digits as the root user of that account', () => {
    const { accessCheck, session, accessKeyId } = makeAccessCheck();
    expect(accessCheck.identify(signed(accessKeyId))).toBe(session);
    expect(accessCheck.identify(signed('111122223333'))).toMatchObject({
      name: 'arn:aws:iam::111122223333:root',
    });
  });

  it.each([
    [undefined, 'MissingAuthenticationTokenException'],
    ['Bearer x', 'MissingAuthenticationTokenException'],
    [signed('AKIDOFNOBODY'), 'UnrecognizedClientException'],
  ])('rejects %s', (authorization, errorCode) => {
    const { accessCheck } = makeAccessCheck();
    const identity = accessCheck.identify(authorization);
    expect(isIdentityError(identity) && identity.errorCode).toBe(errorCode);
  });
});
