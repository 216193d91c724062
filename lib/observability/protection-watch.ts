// Reports control-plane calls that weaken the protection of the audit trail: policies, expiry, replicas, keys and
// deletion protection. IAM cannot deny these to an administrator of the account, so they must be seen.
import { Stack } from 'aws-cdk-lib';
import type * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as events from 'aws-cdk-lib/aws-events';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as s3 from 'aws-cdk-lib/aws-s3';
import type * as sns from 'aws-cdk-lib/aws-sns';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** What is protected. */
export interface ProtectedResources {
  readonly tables: readonly dynamodb.Table[];
  readonly keys: readonly kms.Key[];
  /** The bucket of states that do not fit an item, and the bucket of the sealed log. */
  readonly buckets: readonly s3.Bucket[];
  readonly queues: readonly sqs.Queue[];
}

export interface ProtectionWatchProps {
  readonly watched: ProtectedResources;
  /** Gets a message for each call. EventBridge must be allowed to publish to it. */
  readonly topic: sns.ITopic;
  /** Begins each message. */
  readonly name: string;
  readonly runbookUrl: string;
}

/** Section of the runbook, and name of the alarm, for these calls. */
export const protectionSection = 'protection-changed';

/** Names that CloudTrail gives to the calls, by the source of its events. Failed attempts count too. */
const watchedCalls = {
  'aws.dynamodb': [
    'CreateTableReplica',
    'DeleteResourcePolicy',
    'DeleteTable',
    'DeleteTableReplica',
    'PutResourcePolicy',
    'UpdateContinuousBackups',
    'UpdateTable',
    'UpdateTimeToLive',
  ],
  'aws.kms': ['DeleteImportedKeyMaterial', 'DisableKey', 'PutKeyPolicy', 'ScheduleKeyDeletion'],
  'aws.s3': [
    'DeleteBucket',
    'DeleteBucketPolicy',
    'PutBucketLifecycle',
    'PutBucketObjectLockConfiguration',
    'PutBucketPolicy',
    'PutBucketVersioning',
  ],
  'aws.sqs': ['AddPermission', 'DeleteQueue', 'PurgeQueue', 'RemovePermission', 'SetQueueAttributes'],
} as const;

/**
 * A rule on the account's default bus. It receives nothing unless a CloudTrail trail of the region logs management
 * events (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-service-event-cloudtrail.html).
 */
export class ProtectionWatch extends Construct {
  readonly rule: events.Rule;

  constructor(scope: Construct, id: string, { watched, topic, name, runbookUrl }: ProtectionWatchProps) {
    super(scope, id);
    this.rule = new events.Rule(this, 'Rule', {
      description: `${name}: calls that change the protection of entries`,
      eventPattern: {
        source: Object.keys(watchedCalls),
        detailType: ['AWS API Call via CloudTrail'],
        detail: { eventName: Object.values(watchedCalls).flat(), $or: this.targetsOf(watched) },
      },
    });
    const field = (path: string) => events.EventField.fromPath(`$.detail.${path}`);
    const message = events.RuleTargetInput.fromText(
      `${name}: ${field('userIdentity.arn')} called ${field('eventName')} at ${field('eventTime')}. ` +
        `CloudTrail event ${field('eventID')}. ${runbookUrl}#alarm-${protectionSection}`,
    );
    this.rule.addTarget({ bind: () => ({ arn: topic.topicArn, input: message }) });
  }

  /** A caller can name a resource by its name or by its ARN, and a key by its ID. */
  private targetsOf({ tables, keys, buckets, queues }: ProtectedResources): object[] {
    const tableArns = tables.map(({ tableArn }) => tableArn);
    const region = Stack.of(this).region;
    const forms: Record<string, string[]> = {
      tableName: [...tables.map(({ tableName }) => tableName), ...tableArns],
      resourceArn: tableArns,
      keyId: keys.flatMap(({ keyId, keyArn }) => [keyId, keyArn]),
      bucketName: buckets.map(({ bucketName }) => bucketName),
      queueUrl: queues.flatMap(({ queueUrl, queueName }) => [
        queueUrl,
        // The older form of the same URL.
        `https://${region}.queue.amazonaws.com/${Stack.of(this).account}/${queueName}`,
      ]),
    };
    return Object.entries(forms).map(([parameter, values]) => ({
      requestParameters: { [parameter]: values },
    }));
  }
}
