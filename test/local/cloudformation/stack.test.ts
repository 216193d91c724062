import { describe, expect, it } from 'vitest';
import { tableKind } from '../../../local/cloudformation/kinds/dynamodb.ts';
import { functionKind } from '../../../local/cloudformation/kinds/lambda.ts';
import { queueKind } from '../../../local/cloudformation/kinds/sqs.ts';
import { loadStack } from '../../../local/cloudformation/stack.ts';
import { smallTemplate } from '../small-stack.ts';

const options = {
  stackName: 'Small',
  accountId: '210987654321',
  region: 'eu-west-1',
  gatewayUrl: 'http://localhost:3000',
};

function load(change: (resources: ReturnType<typeof smallTemplate>['Resources']) => void = () => {}) {
  const template = smallTemplate();
  change(template.Resources);
  return loadStack(template, options);
}

describe('loadStack', () => {
  it('names resources like CloudFormation and resolves references to them', () => {
    const stack = load();
    expect(stack.resources(queueKind).map(({ ref }) => ref)).toContain(
      'http://localhost:3000/210987654321/Small-Queue',
    );
    expect(stack.resources(tableKind)[0]?.attributes.Arn).toBe(
      'arn:aws:dynamodb:eu-west-1:210987654321:table/Small-Table',
    );
    expect(stack.resources(functionKind)[0]?.properties.Environment?.Variables).toEqual({
      TABLE_NAME: 'Small-Table',
    });
  });

  it('lists accepted features that are not emulated', () => {
    const stack = load((resources) => {
      resources.Archive = {
        Type: 'AWS::Events::Archive',
        Properties: { SourceArn: { 'Fn::GetAtt': ['Bus', 'Arn'] } },
      };
    });
    expect(stack.notEmulated).toContain('AWS::KMS::Key EnableKeyRotation: keys are not rotated (Key)');
    expect(stack.notEmulated.join()).toContain('AWS::Events::Archive: events are not archived');
  });

  it('skips a resource whose condition is false', () => {
    const template = smallTemplate();
    template.Resources.Table.Condition = 'Never';
    const stack = loadStack({ ...template, Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } } }, options);
    expect(stack.resources(tableKind)).toEqual([]);
  });

  it('rejects an unsupported resource type and names the resource', () => {
    expect(() =>
      load((resources) => {
        resources.Machine = { Type: 'AWS::EC2::Instance' };
      }),
    ).toThrow(/resource Machine has the type AWS::EC2::Instance, which the local stack does not support/);
  });

  it('rejects an unsupported property, and names it and the supported ones', () => {
    expect(() =>
      load((resources) => {
        resources.Queue.Properties.Fancy = true;
      }),
    ).toThrow(
      /resource Queue \(AWS::SQS::Queue\) has Fancy, which the local stack does not support; it supports QueueName/,
    );
  });

  it('rejects an unsupported nested property', () => {
    expect(() =>
      load((resources) => {
        resources.Rule.Properties.Targets[0].EcsParameters = {};
      }),
    ).toThrow('has Targets.0.EcsParameters');
  });

  it('rejects a reference to a missing resource', () => {
    expect(() =>
      load((resources) => {
        resources.Function.Properties.Environment.Variables.QUEUE = { Ref: 'Missing' };
      }),
    ).toThrow('resource Function (AWS::Lambda::Function): the template refers to Missing');
  });

  it('rejects an unsupported attribute', () => {
    expect(() =>
      load((resources) => {
        resources.Function.Properties.Role = { 'Fn::GetAtt': ['Table', 'StreamLabel'] };
      }),
    ).toThrow('refers to Table.StreamLabel');
  });
});
