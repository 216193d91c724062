import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { deployedTypes, deployPolicy } from '../../docs/deploy-policy.ts';
import { everySetting, synthesize } from '../lib/synthesize.ts';

const resources: Record<string, { Type: string }> = synthesize(everySetting).toJSON().Resources;
const runbook = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'runbook.md'), 'utf8');
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

  it('uses keys only as DynamoDB asks of who makes an encrypted table, which the runbook says', () => {
    // https://docs.aws.amazon.com/kms/latest/developerguide/services-dynamodb.html
    const asked = ['CreateGrant', 'Decrypt', 'Encrypt', 'GenerateDataKey', 'ReEncrypt*'];
    const actions = deployPolicy().Statement.flatMap(({ Action }) => Action);
    const used = actions.filter((action) =>
      /^kms:(.*Grant|.*Decrypt|.*Encrypt|GenerateDataKey|.*Sign|.*Verify|.*Mac|DeriveShared)/.test(action),
    );
    expect(used).toEqual(asked.map((name) => `kms:${name}`));
    for (const name of asked) expect(runbook).toContain(`\`${name}\``);
  });

  it('reaches whatever others have in the account only where the runbook says so', () => {
    const everywhere = deployPolicy().Statement.filter(({ Resource }) =>
      Resource.some((arn) => !/requestlogs-|request-logs-|cdk-|aws-service-role/i.test(arn)),
    );
    const services = everywhere.flatMap(({ Action }) => Action.map((action) => action.split(':')[0]));
    expect([...new Set(services)].sort()).toEqual([
      'apigateway',
      'cloudfront',
      'cognito-idp',
      'events',
      'kms',
      'lambda',
      'logs',
    ]);
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
