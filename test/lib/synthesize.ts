// Synthesizes the stack as `cdk deploy` would, without bundling the functions, and reads roles from the
// template.
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as z from 'zod/mini';
import cdk from '../../cdk.json' with { type: 'json' };
import { RequestLogsStack } from '../../lib/request-logs-stack.ts';
import { parseConfig } from '../../lib/settings/config.ts';

export const poolSettings = { stage: 'test', identity: { cognito: {} } };

export const issuerSettings = {
  stage: 'test',
  identity: { issuer: 'https://issuer.example.com/', audience: ['request-logs'] },
};

export const witnessSettings = {
  witnesses: [
    {
      url: 'https://witness.example.com',
      publicKey: 'witness.example.com+52d08885+BJGTB8EkWiTYiA6HvQ2J/813K7Tx3qJTCOTllxIWQgfX',
    },
  ],
};

/** Settings with which the template contains every possible resource type. */
export const everySetting = {
  ...poolSettings,
  producers: [{ account: '111122223333', organizations: ['globex'] }],
  producerOrganizationId: 'o-a1b2c3d4e5',
  retentionDays: 400,
  corsOrigins: ['https://ops.example.com'],
  alarms: { emails: ['ops@example.com'] },
  ...witnessSettings,
};

/** An existing issuer with a client for the dashboard. */
export const hostedSettings = {
  ...issuerSettings,
  identity: { ...issuerSettings.identity, dashboard: { clientId: 'dashboard' } },
};

export const domainSettings = {
  dashboard: {
    domainName: 'logs.example.com',
    certificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/a1b2',
  },
};

/** Creates an app with the stack for these settings. */
export function makeApp(settings: object): { app: App; stack: RequestLogsStack } {
  const app = new App({
    context: { ...cdk.context, 'aws:cdk:bundling-stacks': [] },
    analyticsReporting: false,
    autoSynth: false,
  });
  const config = parseConfig(settings, 'the test');
  return { app, stack: new RequestLogsStack(app, `RequestLogs-${config.stage}`, { config }) };
}

const templates = new Map<string, Template>();

/** Returns the template for these settings, synthesized once. */
export function synthesize(settings: object = issuerSettings): Template {
  const key = JSON.stringify(settings);
  const template = templates.get(key) ?? Template.fromStack(makeApp(settings).stack);
  templates.set(key, template);
  return template;
}

const statementSchema = z.object({
  Effect: z.string(),
  Action: z.union([z.string(), z.array(z.string())]),
  Resource: z.unknown(),
  Principal: z.optional(z.unknown()),
  Condition: z.optional(z.unknown()),
});

const policySchema = z.object({
  PolicyDocument: z.object({ Statement: z.array(statementSchema) }),
  Roles: z.array(z.object({ Ref: z.string() })),
});

const functionSchema = z.object({
  Role: z.object({ 'Fn::GetAtt': z.array(z.string()) }),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
});

/** One permission: an action on one resource. */
export interface Permission {
  readonly action: string;
  readonly resource: unknown;
  readonly condition: unknown;
}

export interface FunctionView {
  readonly logicalId: string;
  readonly properties: Record<string, unknown>;
  readonly environment: Record<string, unknown>;
  /** All permissions of its role, except those to send traces. */
  readonly permissions: readonly Permission[];
  /** The permissions to send traces. */
  readonly tracing: readonly Permission[];
}

/** The function bundled from functions/<entry>.ts, with all permissions of its role. */
export function findFunction(template: Template, entry: string): FunctionView {
  for (const [logicalId, resource] of Object.entries(template.findResources('AWS::Lambda::Function'))) {
    const { Role, Environment } = functionSchema.parse(resource.Properties);
    if (Environment.Variables.POWERTOOLS_SERVICE_NAME !== entry) continue;
    const [role] = Role['Fn::GetAtt'];
    const permissions = Object.values(template.findResources('AWS::IAM::Policy'))
      .map((policy) => policySchema.parse(policy.Properties))
      .filter(({ Roles }) => Roles.some(({ Ref }) => Ref === role))
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement)
      .flatMap((statement) =>
        asList(statement.Action).flatMap((action) =>
          asList(statement.Resource).map((resource) => ({
            action,
            resource,
            condition: statement.Condition,
          })),
        ),
      );
    const isTracing = ({ action }: Permission) => action.startsWith('xray:');
    return {
      logicalId,
      properties: resource.Properties,
      environment: Environment.Variables,
      permissions: permissions.filter((permission) => !isTracing(permission)),
      tracing: permissions.filter(isTracing),
    };
  }
  throw new Error(`the template has no function ${entry}`);
}

/** `{ "Fn::GetAtt": [id, "Arn"] }` of the only resource of this type whose logical id contains `name`. */
export function arnOf(template: Template, type: string, name: string): unknown {
  return { 'Fn::GetAtt': [findId(template, type, name), 'Arn'] };
}

/** Logical id of the only resource of this type whose logical id contains `name`. */
export function findId(template: Template, type: string, name: string): string {
  const [id, ...others] = Object.keys(template.findResources(type)).filter((found) => found.includes(name));
  if (id === undefined || others.length > 0) throw new Error(`not exactly one ${type} is named ${name}`);
  return id;
}

/** Properties of the only resource of this type whose logical id contains `name`. */
export function propertiesOf(template: Template, type: string, name: string): Record<string, unknown> {
  return template.findResources(type)[findId(template, type, name)]?.Properties;
}

export function asList<T>(value: T | readonly T[]): readonly T[] {
  return Array.isArray(value) ? value : [value as T];
}
