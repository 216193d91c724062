// Builds the resource policies of a synthesized template, with every reference resolved to the deployed
// resource.
import * as z from 'zod/mini';
import { CommandError } from '../../terminal/command-error.ts';

export type Statement = Readonly<Record<string, unknown>>;

/** A deployed resource with the statements that its policy must have. */
export interface ExpectedPolicy {
  readonly kind: 'table' | 'queue' | 'bus';
  readonly logicalId: string;
  /** The name of a table or bus, or the URL of a queue. */
  readonly physicalId: string;
  readonly arn: string;
  readonly statements: readonly Statement[];
}

/** Where the stack is deployed, and the physical ID of each resource. */
export interface DeployedStack {
  readonly region: string;
  readonly accountId: string;
  readonly physicalIds: ReadonlyMap<string, string>;
}

const policySchema = z.object({ Statement: z.array(z.record(z.string(), z.unknown())) });

const templateSchema = z.object({
  Resources: z.record(
    z.string(),
    z.object({ Type: z.string(), Properties: z._default(z.record(z.string(), z.unknown()), {}) }),
  ),
});

export type Template = z.infer<typeof templateSchema>;

/** Fails with CommandError when the text is not a template. */
export function parseTemplate(text: string, path: string): Template {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new CommandError(`${path} is not JSON`, { cause });
  }
  const template = templateSchema.safeParse(json);
  if (template.success) return template.data;
  throw new CommandError(`${path} is not a CloudFormation template`);
}

/**
 * Returns the policies of tables, queues and buses. Fails with CommandError when the stack lacks one of these
 * resources.
 */
export function expectedPolicies(template: Template, stack: DeployedStack): ExpectedPolicy[] {
  const resolve = createResolver(template, stack);
  const resources = Object.entries(template.Resources);
  const describe = (kind: ExpectedPolicy['kind'], logicalId: string, statements: Statement[]) => ({
    kind,
    logicalId,
    physicalId: physicalIdOf(stack, logicalId),
    arn: arnOf(template, stack, logicalId),
    statements,
  });
  return resources.flatMap(([logicalId, { Type, Properties }]): ExpectedPolicy[] => {
    if (Type === 'AWS::DynamoDB::Table') {
      const policy = z
        .optional(z.object({ PolicyDocument: policySchema }))
        .parse(resolve(Properties.ResourcePolicy));
      return [describe('table', logicalId, policy?.PolicyDocument.Statement ?? [])];
    }
    if (Type === 'AWS::SQS::Queue') {
      const statements = resources
        .filter(
          ([, { Type: type, Properties: given }]) =>
            type === 'AWS::SQS::QueuePolicy' &&
            JSON.stringify(given.Queues) === JSON.stringify([{ Ref: logicalId }]),
        )
        .flatMap(([, { Properties: given }]) => policySchema.parse(resolve(given.PolicyDocument)).Statement);
      return [describe('queue', logicalId, statements)];
    }
    if (Type === 'AWS::Events::EventBus') {
      const statements = resources
        .filter(([, { Type: type }]) => type === 'AWS::Events::EventBusPolicy')
        .map(([, { Properties: given }]) =>
          z.record(z.string(), z.unknown()).parse(resolve(given.Statement)),
        );
      return [describe('bus', logicalId, statements)];
    }
    return [];
  });
}

function physicalIdOf({ physicalIds }: DeployedStack, logicalId: string): string {
  const physicalId = physicalIds.get(logicalId);
  if (physicalId !== undefined) return physicalId;
  throw new CommandError(
    `the deployed stack has no resource ${logicalId}; synthesize the version that is deployed`,
  );
}

/** ARN of a resource, from its type and its physical ID. */
function arnOf(template: Template, stack: DeployedStack, logicalId: string): string {
  const id = physicalIdOf(stack, logicalId);
  const type = template.Resources[logicalId]?.Type;
  const regional = (service: string, resource: string) =>
    `arn:aws:${service}:${stack.region}:${stack.accountId}:${resource}`;
  switch (type) {
    case 'AWS::DynamoDB::Table':
      return regional('dynamodb', `table/${id}`);
    case 'AWS::SQS::Queue':
      return regional('sqs', id.split('/').at(-1) ?? '');
    case 'AWS::Events::EventBus':
      return regional('events', `event-bus/${id}`);
    case 'AWS::Events::Rule':
      // The physical ID of a rule on a custom bus is `<bus>|<rule>`.
      return regional('events', `rule/${id.replace('|', '/')}`);
    case 'AWS::IAM::Role':
      return `arn:aws:iam::${stack.accountId}:role/${id}`;
    default:
      throw new CommandError(
        `a policy names the ARN of ${logicalId} (${type}), which this command does not support`,
      );
  }
}

/** Resolves the intrinsic functions that policies of this stack use. */
function createResolver(template: Template, stack: DeployedStack): (value: unknown) => unknown {
  const pseudo: Readonly<Record<string, string>> = {
    'AWS::AccountId': stack.accountId,
    'AWS::Partition': 'aws',
    'AWS::Region': stack.region,
    'AWS::URLSuffix': 'amazonaws.com',
  };
  const resolve = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(resolve);
    if (typeof value !== 'object' || value === null) return value;
    const [[name = '', operand] = [], ...more] = Object.entries(value);
    if (more.length === 0 && name === 'Ref')
      return pseudo[String(operand)] ?? physicalIdOf(stack, String(operand));
    if (more.length === 0 && name === 'Fn::GetAtt' && Array.isArray(operand) && operand[1] === 'Arn') {
      return arnOf(template, stack, String(operand[0]));
    }
    if (more.length === 0 && name === 'Fn::Join' && Array.isArray(operand) && Array.isArray(operand[1])) {
      return operand[1].map(resolve).join(String(operand[0]));
    }
    if (more.length === 0 && name.startsWith('Fn::')) {
      throw new CommandError(`a policy of the template uses ${name}, which this command does not support`);
    }
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, resolve(part)]));
  };
  return resolve;
}
