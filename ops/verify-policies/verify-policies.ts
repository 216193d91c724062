// The command `npm run verify-policies`: compares deployed resource policies with the synthesized template.
// CloudFormation's drift detection does not cover the resource policies of tables.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SQSClient } from '@aws-sdk/client-sqs';
import { escapeForTerminal } from '../../core/values/terminal-text.ts';
import { CommandError } from '../../terminal/command-error.ts';
import { formatCount } from '../../terminal/format-count.ts';
import { UsageError } from '../../terminal/usage-error.ts';
import { clientSettings } from '../command/client-settings.ts';
import { parseOptions } from '../command/parse-options.ts';
import { type CommandContext, type Run, runCommand } from '../command/run-command.ts';
import { readStage } from '../command/stage-argument.ts';
import { deployedStatements, type PolicyClients } from './deployed-policies.ts';
import { type ExpectedPolicy, expectedPolicies, parseTemplate } from './expected-policies.ts';
import { policyDifferences } from './policy-difference.ts';
import { listStackResources } from './stack-resources.ts';

const usage = `Usage: npm run verify-policies -- --stage NAME [options]

Compares the resource policies of a deployed stage's tables, queues, and event bus with the synthesized template, and
prints each difference. It changes nothing. CloudFormation's drift detection does not cover the policies of tables.

  --stage NAME      a deployed stage, in the account and region of the AWS SDK's credentials
  --template FILE   the template (default: cdk.out/RequestLogs-<stage>.template.json, which npm run synth writes)
  --write FOLDER    also write each policy of the template, with its references resolved, as FOLDER/<logical ID>.json, the
                    format of put-resource-policy
  -h, --help        show this help

It requires cloudformation:ListStackResources, dynamodb:GetResourcePolicy, sqs:GetQueueAttributes, and
events:DescribeEventBus.
The local stack evaluates the policies of the template itself, so there is nothing to compare.

Exit codes: 0 no difference, 1 failed or a difference was found, 2 usage error, 130 interrupted.`;

interface Choice {
  readonly stage: string;
  readonly templatePath: string;
  readonly folder: string | undefined;
}

await runCommand({ name: 'verify-policies', usage, read: readArguments, start });

function start({ stage, templatePath, folder }: Choice, { output, signal }: CommandContext): Run {
  let compared = 0;
  let differences = 0;
  return {
    async work() {
      const template = parseTemplate(readTemplate(templatePath), templatePath);
      const clients = {
        dynamodb: new DynamoDBClient(clientSettings),
        sqs: new SQSClient({ ...clientSettings, useQueueUrlAsEndpoint: false }),
        events: new EventBridgeClient(clientSettings),
      };
      for (const policy of expectedPolicies(template, await findStack(stage, clients))) {
        if (signal.aborted) return;
        if (folder !== undefined) writePolicy(folder, policy);
        const found = policyDifferences(policy.statements, await deployedStatements(policy, clients));
        compared += 1;
        differences += found.length;
        for (const difference of found) await output.write(`${lineOf(policy, difference)}\n`);
      }
    },
    examined: () => compared,
    report: () =>
      output.say(`${formatCount(compared, 'resource')} compared, ${formatCount(differences, 'difference')}.`),
    isClean: () => differences === 0,
  };
}

function lineOf({ kind, physicalId }: ExpectedPolicy, difference: string): string {
  return escapeForTerminal(`${kind} ${physicalId}: ${difference}`);
}

function writePolicy(folder: string, { logicalId, statements }: ExpectedPolicy): void {
  if (statements.length === 0) return;
  mkdirSync(folder, { recursive: true });
  const document = { Version: '2012-10-17', Statement: statements };
  writeFileSync(join(folder, `${logicalId}.json`), `${JSON.stringify(document, null, 2)}\n`);
}

async function findStack(stage: string, { sqs }: PolicyClients) {
  const region = await sqs.config.region();
  const credentials = await sqs.config.credentials();
  const stackName = `RequestLogs-${stage}`;
  const physicalIds = await listStackResources(stackName, { region, credentials }, process.env);
  // The physical ID of a queue is its URL, which contains the account.
  const accountId = [...physicalIds.values()]
    .map((id) => /^https?:\/\/[^/]+\/(\d{12})\//.exec(id)?.[1])
    .find((account) => account !== undefined);
  if (accountId === undefined) throw new CommandError(`stack ${stackName} has no queue; is it deployed?`);
  return { region, accountId, physicalIds };
}

function readTemplate(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    const how =
      'synthesize it with npm run synth -- -c config=config/<stage>.json, or name it with --template';
    throw new CommandError(`cannot read ${path}: ${how}`, { cause });
  }
}

function readArguments(args: readonly string[]): Choice | 'help' {
  const { stage, template, write, help } = parseOptions(args, {
    stage: { type: 'string' },
    template: { type: 'string' },
    write: { type: 'string' },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (help) return 'help';
  const name = readStage(stage);
  if (name === undefined) throw new UsageError('--stage is required: the name of a deployed stage');
  return {
    stage: name,
    folder: write,
    templatePath: template ?? `cdk.out/RequestLogs-${name}.template.json`,
  };
}
