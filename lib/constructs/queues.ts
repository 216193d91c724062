// The queues of the ingest path. Only the ingest queue, its dead letters and the undelivered queue can contain
// unredacted events. All queues are encrypted with customer-managed keys and keep messages for 14 days, SQS's
// maximum.
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
  /**
   * Key of the undelivered queue. It differs from the messages key, whose failure can be why an event is
   * undelivered.
   */
  readonly backstopKey: kms.IKey;
  readonly removalPolicy: RemovalPolicy;
  /** How long a received batch stays invisible. */
  readonly visibilityTimeout: Duration;
}

/** Deliveries of a message before it becomes a dead letter; the recorder shortens the wait after the first two. */
const maxReceiveCount = 7;

/** SQS's maximum. An event just below EventBridge's limit exceeds it in its envelope; the emitter stays below. */
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
  /** Events that the recorder has not processed yet. */
  readonly ingest: sqs.Queue;
  /** Messages that the recorder could not record in any delivery, or could not read at all. */
  readonly deadLetters: sqs.Queue;
  /**
   * Events that EventBridge could not deliver to the ingest queue: immediately if a permission or the queue is missing,
   * otherwise after 24 hours of retries (https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html).
   */
  readonly undelivered: sqs.Queue;
  /** Rejected events, redacted, with the reasons. */
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
        reason: 'People read this queue. No function receives from it, so no receive can fail repeatedly.',
      });
    }
  }

  /** Lets the recorder send rejected events to the rejected queue and unreadable bodies to the dead letters. */
  grantRefuse(recorder: NodeFunction): void {
    recorder.setEnvironment({
      [environmentNames.rejectedQueueUrl]: this.rejected.queueUrl,
      [environmentNames.deadLetterQueueUrl]: this.deadLetters.queueUrl,
    });
    recorder.allow(['sqs:SendMessage'], [this.rejected.queueArn, this.deadLetters.queueArn]);
    recorder.allow(['kms:Decrypt', 'kms:GenerateDataKey'], [this.encryptionKey.keyArn]);
  }

  /** Lets the recorder's event source mapping receive messages from the ingest queue. */
  grantConsume(recorder: NodeFunction): void {
    recorder.setEnvironment({ [environmentNames.ingestQueueUrl]: this.ingest.queueUrl });
    recorder.allow(
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'],
      [this.ingest.queueArn],
    );
    recorder.allow(['kms:Decrypt'], [this.encryptionKey.keyArn]);
  }

  /**
   * Denies `sqs:SendMessage` to every other principal, including root. The recorder trusts the envelope of a message, so
   * a sender could write an entry in the name of any producer, and a redrive would forward messages of the other queues.
   * AWS does not document whether the policy of a dead-letter queue applies when SQS itself moves messages there, so that
   * statement applies only to principals that are not AWS services.
   */
  denyOtherSenders({ rules, recorderRole, redriveRole }: Senders): void {
    const byRule = { 'aws:SourceArn': rules.map(({ ruleArn }) => ruleArn) };
    const byRole = ({ roleArn }: iam.IRole) => ({ 'aws:PrincipalArn': roleArn });
    const deny = (queue: sqs.Queue, exceptions: Record<string, unknown>, more: iam.Conditions = {}) =>
      queue.addToResourcePolicy(
        new iam.PolicyStatement({
          sid: 'NoOtherSender',
          effect: iam.Effect.DENY,
          principals: [new iam.AnyPrincipal()],
          actions: ['sqs:SendMessage'],
          resources: [queue.queueArn],
          // Both keys must differ. A key that is not in the request counts as different.
          conditions: { ArnNotEquals: exceptions, ...more },
        }),
      );
    deny(this.ingest, { ...byRule, ...byRole(redriveRole) });
    deny(this.undelivered, byRule);
    deny(this.rejected, byRole(recorderRole));
    deny(this.deadLetters, byRole(recorderRole), { Bool: { 'aws:PrincipalIsAWSService': 'false' } });
  }
}
