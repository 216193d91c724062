// The customer-managed keys, one for each kind of data. Permission to read entries must not include the queues, which
// contain unredacted events, and the failure of one key must not cause a silent loss of events.
import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';

export interface EncryptionProps {
  /** What happens to the keys when the stack is deleted. Retained data cannot be read without its key. */
  readonly removalPolicy: RemovalPolicy;
}

/** The keys that encrypt. Each rotates yearly. */
export class Encryption extends Construct {
  /** Both tables, and the overflow bucket. */
  readonly tables: kms.Key;
  /** The ingest queue, its dead letters, and the rejected queue. */
  readonly messages: kms.Key;
  /** The undelivered queue and the alarm topic, which must work if the messages key fails. */
  readonly backstop: kms.Key;
  /** Every log group. */
  readonly logs: kms.Key;
  /** The event archive. An archive that shares the bus's key would create a circular dependency. */
  readonly archive: kms.Key;

  /** Every key. */
  get keys(): readonly kms.Key[] {
    return [this.tables, this.messages, this.backstop, this.logs, this.archive];
  }

  constructor(scope: Construct, id: string, props: EncryptionProps) {
    super(scope, id);
    const makeKey = (name: string, description: string) =>
      new kms.Key(this, name, {
        description: `Request Logs: ${description}`,
        enableKeyRotation: true,
        removalPolicy: props.removalPolicy,
        ...(props.removalPolicy === RemovalPolicy.DESTROY && { pendingWindow: Duration.days(7) }),
      });
    this.tables = makeKey('Tables', 'entries and directory');
    this.messages = makeKey('Messages', 'queues between the bus and the recorder');
    this.backstop = makeKey('Backstop', 'undelivered events, and alarms');
    this.logs = makeKey('Logs', 'log groups of the functions and of the API');
    this.archive = makeKey('Archive', 'archived events');

    // No condition: AWS documents none that EventBridge supports for an encrypted queue or topic. The queue policies
    // name the rules that can send.
    for (const key of [this.messages, this.backstop]) {
      key.addToResourcePolicy(allowMessageSender('AllowEventBridge', 'events.amazonaws.com'));
    }
    this.backstop.addToResourcePolicy(
      allowMessageSender('AllowCloudWatch', 'cloudwatch.amazonaws.com', {
        StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
      }),
    );
    this.logs.addToResourcePolicy(allowLogsService());
  }
}

/** Without this permission, an event for an encrypted queue (or an alarm for an encrypted topic) is lost silently. */
function allowMessageSender(
  sid: string,
  service: string,
  conditions?: Record<string, unknown>,
): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid,
    principals: [new iam.ServicePrincipal(service)],
    actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
    resources: ['*'],
    ...(conditions && { conditions }),
  });
}

/** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html */
function allowLogsService(): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid: 'AllowCloudWatchLogs',
    principals: [new iam.ServicePrincipal(`logs.${Aws.REGION}.amazonaws.com`)],
    actions: ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'],
    resources: ['*'],
    conditions: {
      ArnLike: {
        'kms:EncryptionContext:aws:logs:arn': `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:*`,
      },
    },
  });
}
