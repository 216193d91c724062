// Loads the functions of the stack: installs their code, and creates their environment and credentials.
import { cpSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bucketDeploymentKind } from '../cloudformation/kinds/bucket-deployment.ts';
import { functionKind } from '../cloudformation/kinds/lambda.ts';
import type { Stack } from '../cloudformation/stack.ts';
import type { AccessCheck } from '../iam/access-check.ts';
import type { Credentials } from '../iam/principals.ts';
import { LocalStackError } from '../shared/errors.ts';

export interface LambdaFunction {
  readonly name: string;
  readonly logicalId: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly timeoutMillis: number;
  readonly memoryMebibytes: number;
  readonly reservedConcurrency: number | undefined;
  /**
   * Whether active tracing is on. Here every invocation is sampled; in Lambda, one each second and 5 % of the others.
   */
  readonly traced: boolean;
  readonly credentials: Credentials;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * Loads the functions and copies their code to the data folder. Skips functions of custom resources that the local
 * stack emulates itself.
 */
export function loadFunctions(
  stack: Stack,
  accessCheck: AccessCheck,
  code: { readonly assets: ReadonlyMap<string, string>; readonly dataDir: string },
): LambdaFunction[] {
  const skippedArns = stack.resources(bucketDeploymentKind).map(({ properties }) => properties.ServiceToken);
  const run = stack
    .resources(functionKind)
    .filter(({ attributes }) => !skippedArns.includes(attributes.Arn ?? ''));
  return run.map(({ logicalId, ref, attributes, properties }) => {
    const roleArn = properties.Role;
    const credentials = accessCheck.assumeRole(roleArn, ref);
    const codeDir = installCode(code, ref, properties.Code.S3Key, logicalId);
    const memoryMebibytes = properties.MemorySize ?? 128;
    const variables = Object.entries(properties.Environment?.Variables ?? {});
    return {
      name: ref,
      logicalId,
      arn: attributes.Arn ?? '',
      roleArn,
      timeoutMillis: (properties.Timeout ?? 3) * 1000,
      memoryMebibytes,
      reservedConcurrency: properties.ReservedConcurrentExecutions,
      traced: properties.TracingConfig?.Mode === 'Active',
      credentials,
      environment: {
        ...Object.fromEntries(variables.map(([name, value]) => [name, String(value)])),
        ...runtimeEnvironment(stack, { name: ref, codeDir, memoryMebibytes, properties, credentials }),
      },
    };
  });
}

/**
 * Copies the bundle to the data folder. An empty package.json above it makes Node.js treat `.js` files as Lambda does,
 * independent of the module type of this project.
 */
function installCode(
  { assets, dataDir }: { readonly assets: ReadonlyMap<string, string>; readonly dataDir: string },
  name: string,
  assetKey: string,
  logicalId: string,
): string {
  const asset = assets.get(assetKey);
  if (asset === undefined || !existsSync(asset)) {
    throw new LocalStackError(`the code of function ${logicalId} (${assetKey}) was not synthesized`);
  }
  const root = join(dataDir, 'functions');
  const codeDir = join(root, name);
  rmSync(codeDir, { recursive: true, force: true });
  mkdirSync(root, { recursive: true });
  writeFileSync(join(root, 'package.json'), '{}\n');
  cpSync(asset, codeDir, { recursive: true });
  return codeDir;
}

interface RuntimeSettings {
  readonly name: string;
  readonly codeDir: string;
  readonly memoryMebibytes: number;
  readonly properties: {
    readonly Handler: string;
    readonly Runtime: string;
    readonly LoggingConfig?: LoggingConfig | undefined;
  };
  readonly credentials: Credentials;
}

interface LoggingConfig {
  readonly LogGroup?: string | undefined;
  readonly LogFormat?: string | undefined;
  readonly ApplicationLogLevel?: string | undefined;
}

/** https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html#configuration-envvars-runtime */
function runtimeEnvironment(stack: Stack, settings: RuntimeSettings): Record<string, string> {
  const { LoggingConfig } = settings.properties;
  return {
    _HANDLER: settings.properties.Handler,
    LAMBDA_TASK_ROOT: settings.codeDir,
    AWS_LAMBDA_FUNCTION_NAME: settings.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(settings.memoryMebibytes),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: LoggingConfig?.LogGroup ?? `/aws/lambda/${settings.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_LAMBDA_LOG_FORMAT: LoggingConfig?.LogFormat === 'JSON' ? 'JSON' : 'Text',
    ...(LoggingConfig?.ApplicationLogLevel && { AWS_LAMBDA_LOG_LEVEL: LoggingConfig.ApplicationLogLevel }),
    AWS_EXECUTION_ENV: `AWS_Lambda_${settings.properties.Runtime}`,
    AWS_REGION: stack.region,
    AWS_DEFAULT_REGION: stack.region,
    AWS_ACCESS_KEY_ID: settings.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: settings.credentials.secretAccessKey,
    AWS_SESSION_TOKEN: settings.credentials.sessionToken,
    // The IP address saves a DNS lookup for every connection.
    AWS_ENDPOINT_URL: stack.gatewayUrl.replace('//localhost:', '//127.0.0.1:'),
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    PATH: '/usr/local/bin:/usr/bin:/bin',
  };
}
