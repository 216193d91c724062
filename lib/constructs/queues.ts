// The queues between bus and recorder. Only the ingest queue and its dead letters may hold what a service emitted
// unredacted; all of them are encrypted with customer-managed keys and keep messages as long as SQS can.
import { Duration, type RemovalPolicy, Validations } from 'aws-cdk-lib';
import type * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { environmentNames } from '../../core/deployment/environment-names.ts';
import type { NodeFunction } from './node-function.ts';

export interface QueuesProps {
  readonly encryptionKey: kms.IKey;
  /** For the undelivered events: not the key without which EventBridge could not deliver them. */
  readonly backstopKey: kms.IKey;
  readonly removalPolicy: RemovalPolicy;
  /** How long a received batch stays invisible to others. */
  readonly visibilityTimeout: Duration;
}

/** Deliveries of a message before it becomes a dead letter; the recorder shortens the wait after the first two. */
const maxReceiveCount = 7;

/** The most that SQS takes. In its envelope, an entry just below EventBridge's limit is larger; the emitter keeps clear. */
const maxMessageBytes = 1_048_576;

/** Who can send to the queues. */
export interface Senders {
  /** The rules of the bus. */
  readonly rules: readonly events.IRule[];
  readonly recorderRole: iam.IRole;
  readonly redriveRole: iam.IRole;
}

/** The four queues of the ingest path. */
export class Queues extends Construct {
  /** Events on their way to the recorder. */
  readonly ingest: sqs.Queue;
  /** What the recorder could not record in seven deliveries, or could not read at all. */
  readonly deadLetters: sqs.Queue;
  /**
   * What EventBridge could not deliver to the ingest queue: at once where a permission or the queue is missing, after 24
   * hours of tries else (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html).
   */
  readonly undelivered: sqs.Queue;
  /** Events refused for good, redacted, with the reasons. */
  readonly rejected: sqs.Queue;
  private readonly encryptionKey: kms.IKey;

  /** Every queue. */
  get all(): readonly sqs.Queue[] {
    return [this.ingest, this.deadLetters, this.undelivered, this.rejected];
  }

  constructor(scope: Construct, id: string, props: QueuesProps) {
    super(scope, id);
    this.encryptionKey = props.encryptionKey;
    const makeQueue = (name: string, more: sqs.QueueProps = {}) =>
      new sqs.Queue(this, name, {
        encryption: sqs.QueueEncryption.KMS,
        encryptionMasterKey: props.encryptionKey,
        enforceSSL: true,
        retentionPeriod: Duration.days(14),
        maxMessageSizeBytes: maxMessageBytes,
        removalPolicy: props.removalPolicy,
        ...more,
      });
    this.deadLetters = makeQueue('DeadLetters');
    this.undelivered = makeQueue('Undelivered', { encryptionMasterKey: props.backstopKey });
    this.rejected = makeQueue('Rejected');
    this.ingest = makeQueue('Ingest', {
      visibilityTimeout: props.visibilityTimeout,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount },
    });
    for (const last of [this.undelivered, this.rejected]) {
      Validations.of(last).acknowledge({
        id: 'AwsSolutions-SQS3',
        reason: 'Messages end here: people read this queue, no function receives from it and could fail.',
      });
    }
  }

  /** Lets the recorder put refused events into the rejected queue and unreadable bodies to the dead letters. */
  grantRefuse(recorder: NodeFunction): void {
    recorder.setEnvironment({
      [environmentNames.rejectedQueueUrl]: this.rejected.queueUrl,
      [environmentNames.deadLetterQueueUrl]: this.deadLetters.queueUrl,
    });
    recorder.allow(['sqs:SendMessage'], [this.rejected.queueArn, this.deadLetters.queueArn]);
    recorder.allow(['kms:Decrypt', 'kms:GenerateDataKey'], [this.encryptionKey.keyArn]);
  }

  /** Lets an event source mapping of the recorder take messages from the ingest queue. */
  grantConsume(recorder: NodeFunction): void {
    recorder.setEnvironment({ [environmentNames.ingestQueueUrl]: this.ingest.queueUrl });
    recorder.allow(
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
      [this.ingest.queueArn],
    );
    recorder.allow(['kms:Decrypt'], [this.encryptionKey.keyArn]);
  }

  /**
   * Denies `sqs:SendMessage` to every other principal, root included. The recorder trusts the envelope of a message, so
   * whoever sends one could write an entry in the name of any producer; a redrive would pass on what is in the others.
   * SQS itself moves messages to the dead letters, so that queue has no such statement.
   */
  denyOtherSenders({ rules, recorderRole, redriveRole }: Senders): void {
    const byRule = { 'aws:SourceArn': rules.map(({ ruleArn }) => ruleArn) };
    const byRole = ({ roleArn }: iam.IRole) => ({ 'aws:PrincipalArn': roleArn });
    const deny = (queue: sqs.Queue, exceptions: Record<string, unknown>) =>
      queue.addToResourcePolicy(
        new iam.PolicyStatement({
          sid: 'NoOtherSender',
          effect: iam.Effect.DENY,
          principals: [new iam.AnyPrincipal()],
          actions: ['sqs:SendMessage'],
          resources: [queue.queueArn],
          // Both keys must differ; a key that the request does not have counts as different.
          conditions: { ArnNotEquals: exceptions },
        }),
      );
    deny(this.ingest, { ...byRule, ...byRole(redriveRole) });
    deny(this.undelivered, byRule);
    deny(this.rejected, byRole(recorderRole));
  }
}
