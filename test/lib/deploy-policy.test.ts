import { describe, expect, it } from 'vitest';
import { deployedTypes, deployPolicy } from '../../docs/deploy-policy.ts';
import { everySetting, synthesize } from './synthesize.ts';

const resources: Record<string, { Type: string }> = synthesize(everySetting).toJSON().Resources;
const types = [...new Set(Object.values(resources).map(({ Type }) => Type))].sort();

describe('deployPolicy', () => {
  it('is for the types of the template and for no others', () => {
    expect([...deployedTypes].sort()).toEqual(types);
  });

  it('fits a managed policy', () => {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    expect(JSON.stringify(deployPolicy()).length).toBeLessThanOrEqual(6_144);
  });

  it('grants no service as a whole, and no data: neither items nor messages nor secrets', () => {
    const actions = deployPolicy().Statement.flatMap(({ Action }) => Action);
    expect(actions.filter((action) => /:\*$/.test(action))).toEqual([]);
    expect(
      actions.filter((action) =>
        /^dynamodb:.*(Item|Query|Scan)|^sqs:(Send|Receive|Delete)Message|^sns:Publish|^events:PutEvents|^s3:(Put|Delete)Object/.test(
          action,
        ),
      ),
    ).toEqual([]);
  });

  it("invokes no function but the CDK's own that puts files", () => {
    const invoking = deployPolicy().Statement.filter(({ Action }) =>
      Action.includes('lambda:InvokeFunction'),
    );
    expect(invoking.flatMap(({ Resource }) => Resource)).toEqual([
      'arn:aws:lambda:*:*:function:RequestLogs-*-CustomCDKBucketDeploym*',
    ]);
    expect(invoking[0]?.Action).toEqual(['lambda:InvokeFunction']);
  });

  it('hands roles to Lambda alone', () => {
    const passing = deployPolicy().Statement.filter(({ Action }) => Action.includes('iam:PassRole'));
    expect(passing.map((statement) => statement.Condition)).toEqual([
      { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
    ]);
  });

  it('names our own roles, functions, tables and queues wherever their ARN has a name', () => {
    for (const { Action, Resource } of deployPolicy().Statement) {
      if (!Action.some((action) => /^(iam|lambda:Create(?!EventSource)|dynamodb|sqs|sns)/.test(action)))
        continue;
      for (const arn of Resource) expect(arn).toMatch(/RequestLogs-\*$|aws-service-role/);
    }
  });
});
