// Copies the built dashboard and its /config.json to the bucket, with their cache headers.
import { RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import * as deployment from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import { type DashboardConfig, dashboardPaths } from '../../core/deployment/dashboard-config.ts';
import type { FunctionDefaults } from '../constructs/node-function.ts';
import { dashboardFiles } from './build-dashboard.ts';

export interface SiteDeploymentProps {
  readonly functionDefaults: FunctionDefaults;
  readonly bucket: s3.IBucket;
  /** Its values can be tokens that are resolved at deployment. */
  readonly config: DashboardConfig;
}

/** Vite writes files with a content digest in their names there. */
const hashedFiles = 'assets/*';

/** With the default of 128 MiB, the AWS CLI inside the deploying function is slow and sometimes runs out of memory. */
const memoryMebibytes = 512;

/** One deployment for the files whose names change with their content, then one for all others. */
export class SiteDeployment extends Construct {
  constructor(scope: Construct, id: string, props: SiteDeploymentProps) {
    super(scope, id);
    const { logKey, logRetention, removalPolicy } = props.functionDefaults;
    const logGroup = new logs.LogGroup(this, 'Logs', {
      encryptionKey: logKey,
      retention: logRetention,
      removalPolicy,
    });
    // The managed basic-execution policy could write to any log group.
    const role = new iam.Role(this, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    const common = {
      destinationBucket: props.bucket,
      role,
      logGroup,
      memoryLimit: memoryMebibytes,
      outputObjectKeys: false,
      // An empty bucket can be deleted with its stack.
      retainOnDelete: removalPolicy !== RemovalPolicy.DESTROY,
    };
    const files = dashboardFiles();
    // Never pruned: a page that was opened before a deployment can still load its parts.
    const hashed = new deployment.BucketDeployment(this, 'Hashed', {
      ...common,
      sources: [files],
      exclude: ['*'],
      include: [hashedFiles],
      prune: false,
      cacheControl: [deployment.CacheControl.fromString('public, max-age=31536000, immutable')],
    });
    // Deployed last, so that no page refers to missing files.
    const named = new deployment.BucketDeployment(this, 'Named', {
      ...common,
      sources: [files, deployment.Source.jsonData(dashboardPaths.config.slice(1), props.config)],
      exclude: [hashedFiles],
      cacheControl: [deployment.CacheControl.fromString('no-cache')],
    });
    named.node.addDependency(hashed);
    this.acknowledgeFindings(role, props.bucket);
  }

  private acknowledgeFindings(role: iam.Role, bucket: s3.IBucket): void {
    const stack = Stack.of(this);
    const assets = `cdk-${stack.synthesizer.bootstrapQualifier ?? 'hnb659fds'}-assets-<AWS::AccountId>-<AWS::Region>`;
    const wildcards = [
      ...['Abort*', 'DeleteObject*', 'GetBucket*', 'GetObject*', 'List*'].map((name) => `Action::s3:${name}`),
      `Resource::arn:<AWS::Partition>:s3:::${assets}/*`,
      `Resource::<${stack.resolve(bucket.bucketArn)['Fn::GetAtt'][0]}.Arn>/*`,
    ];
    for (const wildcard of wildcards) {
      Validations.of(role).acknowledge({
        id: `AwsSolutions-IAM5[${wildcard}]`,
        reason: "The CDK's deployment only reads its assets and writes the files of the dashboard's bucket.",
      });
    }
    for (const child of stack.node.children) {
      if (!child.node.id.startsWith('Custom::CDKBucketDeployment')) continue;
      Validations.of(child).acknowledge({
        id: 'AwsSolutions-L1',
        reason: "The runtime is that of the CDK's own deployment function.",
      });
    }
  }
}
