// One Lambda function of this product: runtime, bundle, log group, role, and a check of its environment's size. It
// grants only access to its own log group; other constructs grant access to what they own.
import { Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { findOversize } from '../settings/environment-size.ts';
import { bundleFunction } from './function-code.ts';

/** Properties that every function of the stack shares. */
export interface FunctionDefaults {
  /** Key of the log group. */
  readonly logKey: kms.IKey;
  readonly logRetention: logs.RetentionDays;
  /** What happens to the log group when the stack is deleted. */
  readonly removalPolicy: RemovalPolicy;
  /** Namespace of the functions' custom metrics. Each stage has its own. */
  readonly metricsNamespace: string;
}

export interface NodeFunctionProps extends FunctionDefaults {
  /** File in functions/, without its extension; it exports `handler`. */
  readonly entry: string;
  readonly description: string;
  /**
   * Memory. CPU is proportional to it.
   * @default 512 MiB
   */
  readonly memoryMebibytes?: number;
  /** @default 10 seconds */
  readonly timeout?: Duration;
}

/** A Node.js function bundled from functions/. */
export class NodeFunction extends Construct implements iam.IGrantable {
  readonly handler: lambda.IFunction;
  readonly grantPrincipal: iam.IPrincipal;
  readonly role: iam.IRole;
  readonly timeout: Duration;
  readonly logGroup: logs.LogGroup;
  /** Its file in functions/, without the extension; also the dimension `service` of its metrics. */
  readonly entry: string;
  private readonly bundled: lambda.Function;
  private readonly environment: Record<string, string> = {};

  constructor(scope: Construct, id: string, props: NodeFunctionProps) {
    super(scope, id);
    this.entry = props.entry;
    this.logGroup = new logs.LogGroup(this, 'Logs', {
      encryptionKey: props.logKey,
      retention: props.logRetention,
      removalPolicy: props.removalPolicy,
    });
    // The managed basic-execution policy can write to any log group. This role can write only to its own.
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    role.addToPolicy(
      new iam.PolicyStatement({
        actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        resources: [this.logGroup.logGroupArn],
      }),
    );
    this.timeout = props.timeout ?? Duration.seconds(10);
    this.bundled = new lambda.Function(this, 'Function', {
      code: bundleFunction(props.entry),
      handler: 'index.handler',
      description: props.description,
      runtime: lambda.Runtime.NODEJS_24_X,
      architecture: lambda.Architecture.ARM_64,
      memorySize: props.memoryMebibytes ?? 512,
      timeout: this.timeout,
      role,
      logGroup: this.logGroup,
      // Lambda writes the segments, and functions/shared/api-trace.ts the API's subsegment. The X-Ray SDK would add
      // 124 KB to each bundle.
      tracing: lambda.Tracing.ACTIVE,
      loggingFormat: lambda.LoggingFormat.JSON,
    });
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'xray:PutTraceSegments and xray:PutTelemetryRecords, for active tracing, do not support resources.',
    });
    this.handler = this.bundled;
    this.grantPrincipal = role;
    this.role = role;
    this.setEnvironment({
      POWERTOOLS_SERVICE_NAME: props.entry,
      POWERTOOLS_METRICS_NAMESPACE: props.metricsNamespace,
    });
    this.node.addValidation({ validate: () => findOversize(this, props.entry, this.environment) });
  }

  /** Adds environment variables. Synthesis fails if they exceed Lambda's 4 KB. */
  setEnvironment(variables: Readonly<Record<string, string>>): void {
    for (const [name, value] of Object.entries(variables)) {
      this.environment[name] = value;
      this.bundled.addEnvironment(name, value);
    }
  }

  /**
   * Allows the actions on the resources. Name every resource. Only tracing, which has no resource, and the objects of a
   * bucket can end in `*`.
   */
  allow(actions: string[], resources: string[], conditions?: Record<string, unknown>): void {
    this.grantPrincipal.addToPrincipalPolicy(
      new iam.PolicyStatement({ actions, resources, ...(conditions && { conditions }) }),
    );
  }
}
