import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { everySetting, issuerSettings, synthesize } from '../../lib/synthesize.ts';
import { type FakeAws, type Policy, startFakeAws } from './fake-aws.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const folder = mkdtempSync(join(tmpdir(), 'request-logs-verify-policies-'));
const templateFile = join(folder, 'template.json');
const { producers, producerOrganizationId } = everySetting;
const template = synthesize({ ...issuerSettings, producers, producerOrganizationId }).toJSON();
writeFileSync(templateFile, JSON.stringify(template));
afterAll(() => rmSync(folder, { recursive: true }));

let aws: FakeAws;
beforeEach(async () => {
  aws = await startFakeAws(template, 'RequestLogs-test');
});
afterEach(() => aws.close());

function verify(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = {
    PATH: process.env.PATH,
    AWS_ENDPOINT_URL: aws.url,
    AWS_REGION: 'eu-west-1',
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
  };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [join(root, 'ops', 'verify-policies', 'verify-policies.ts'), ...args],
      { env, cwd: root },
      (error, stdout, stderr) =>
        resolve({ code: typeof error?.code === 'number' ? error.code : 0, stdout, stderr }),
    );
  });
}

const verifyStage = () => verify('--stage', 'test', '--template', templateFile);

function policyOf(name: string): Policy {
  const found = [...aws.policies].find(([key]) => key.includes(name));
  if (found === undefined) throw new Error(`nothing deployed is named ${name}`);
  return found[1];
}

describe('verify-policies', () => {
  it('finds no difference in an unchanged deployment', async () => {
    expect(await verifyStage()).toEqual({
      code: 0,
      stdout: '',
      stderr: '9 resources compared, 0 differences.\n',
    });
  });

  it('ignores the order of statements and the notation of single elements', async () => {
    const policy = policyOf('QueuesIngest');
    policy.Statement.reverse();
    for (const statement of policy.Statement) statement.Action = [statement.Action].flat();
    for (const statement of policyOf('TablesEntries').Statement) {
      if (Array.isArray(statement.Action)) statement.Action.reverse();
    }
    expect(await verifyStage()).toMatchObject({ code: 0, stdout: '' });
  });

  it('reports a table without a policy', async () => {
    for (const name of [...aws.policies.keys()])
      if (name.includes('TablesEntries')) aws.policies.delete(name);
    const { code, stdout } = await verifyStage();
    expect(code).toBe(1);
    expect(stdout).toMatch(/^table RequestLogs-test-TablesEntries\w+: statement \w+ is missing$/m);
  });

  it('reports an action that is no longer denied', async () => {
    const statement = policyOf('TablesEntries').Statement.find(({ Action }) =>
      Action.includes('dynamodb:DeleteItem'),
    );
    if (statement !== undefined)
      statement.Action = statement.Action.filter((one: string) => !one.includes('DeleteItem'));
    const { code, stdout, stderr } = await verifyStage();
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^table RequestLogs-test-TablesEntries\w+: statement \w+ differs: Action is \[.*the template has \[.*"dynamodb:DeleteItem"/m,
    );
    expect(stderr).toBe('9 resources compared, 1 difference.\n');
  });

  it('reports a statement that was added to a queue policy', async () => {
    policyOf('QueuesIngest').Statement.push({
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::210987654321:role/another' },
      Action: 'sqs:SendMessage',
      Resource: '*',
    });
    const { code, stdout } = await verifyStage();
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^queue https:\/\/\S+QueuesIngest\w+: statement Allow "sqs:SendMessage" to \{"AWS":"arn:aws:iam::210987654321:role\/another"\} is not in the template$/m,
    );
  });

  it('reports a sender that was exempted', async () => {
    const deny = policyOf('QueuesIngest').Statement.find(({ Sid }) => Sid === 'NoOtherSender');
    deny?.Condition.ArnNotEquals['aws:SourceArn'].push('arn:aws:events:eu-west-1:210987654321:rule/another');
    const { code, stdout } = await verifyStage();
    expect(code).toBe(1);
    expect(stdout).toMatch(/QueuesIngest\w+: statement NoOtherSender differs: Condition is .*rule\/another/);
  });

  it('reports a change of the bus policy', async () => {
    const [statement] = policyOf('request-logs-test').Statement;
    if (statement !== undefined) delete statement.Condition;
    const { code, stdout } = await verifyStage();
    expect(code).toBe(1);
    expect(stdout).toMatch(
      /^bus request-logs-test: statement cdk-request-logs-test-\w+ differs: Condition is absent/m,
    );
  });

  it('writes the policies with resolved references', async () => {
    const policies = join(folder, 'policies');
    await verify('--stage', 'test', '--template', templateFile, '--write', policies);
    expect(readdirSync(policies)).toContain('TablesEntriesB4C203C1.json');
    const written = JSON.parse(readFileSync(join(policies, 'TablesEntriesB4C203C1.json'), 'utf8'));
    expect(written).toEqual(policyOf('TablesEntries'));
  });

  it('fails when the stack does not exist', async () => {
    expect(await verify('--stage', 'other', '--template', templateFile)).toMatchObject({
      code: 1,
      stderr: 'CloudFormation rejected ListStackResources: ValidationError: Stack does not exist\n',
    });
  });

  it('fails when the template is not synthesized', async () => {
    const { code, stderr } = await verify('--stage', 'nowhere', '--template', join(folder, 'none.json'));
    expect(code).toBe(1);
    expect(stderr).toMatch(/^cannot read .*none\.json: synthesize it with npm run synth/);
  });

  it('fails without a stage', async () => {
    expect(await verify()).toMatchObject({ code: 2, stderr: expect.stringMatching(/^--stage is required/) });
  });
});
