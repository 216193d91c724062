// The ingest path: the bus, the queues, and the recorder that turns each event into one entry.
import { Duration, type RemovalPolicy } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { environmentNames } from '../../core/deployment/environment-names.ts';
import { Bus } from './bus.ts';
import type { Encryption } from './encryption.ts';
import { type FunctionDefaults, NodeFunction } from './node-function.ts';
import type { OverflowBucket } from './overflow-bucket.ts';
import { Queues } from './queues.ts';
import { RedriveRole } from './redrive-role.ts';
import type { Tables } from './tables.ts';

export interface IngestProps {
  readonly functionDefaults: FunctionDefaults;
  readonly encryption: Encryption;
  readonly tables: Tables;
  readonly overflow: OverflowBucket;
  readonly removalPolicy: RemovalPolicy;
  readonly busName: string;
  readonly archiveRetention: Duration;
  /** Other accounts that can put events. */
  readonly producerAccounts: readonly string[];
  /** @default none */
  readonly producerOrganizationId?: string | undefined;
  /** JSON for the recorder: which accounts can write for which organizations. */
  readonly producers: string;
  /** JSON for the recorder. */
  readonly roleMap: string;
  /** JSON for the recorder. */
  readonly indexShards: string;
  /** Writes per second and shard from which a value of an index gets more shards. */
  readonly shardWritesPerSecond: number;
  /**
   * How long entries are kept.
   * @default forever
   */
  readonly entryRetention?: Duration | undefined;
  /** Batches recorded at the same time, 2 to 1,000. */
  readonly recorderConcurrency: number;
}

const recorderTimeout = Duration.seconds(60);

/** How long Lambda collects messages for a batch. */
const batchingWindow = Duration.seconds(1);

/** Messages of one batch, inserted 25 to a call. Lambda hands over fewer when they exceed its 6 MB event. */
const batchSize = 100;

/**
 * Memory that brings one full vCPU (https://docs.aws.amazon.com/lambda/latest/dg/configuration-memory.html), so that a
 * batch with the most expensive events finishes in time.
 */
const recorderMemoryMebibytes = 1_769;

/** Bus, queues, recorder. */
export class Ingest extends Construct {
  readonly bus: Bus;
  readonly queues: Queues;
  readonly recorder: NodeFunction;
  /** Assumed by operators to put messages back on the ingest queue. */
  readonly redriveRole: iam.Role;

  constructor(scope: Construct, id: string, props: IngestProps) {
    super(scope, id);
    this.queues = new Queues(this, 'Queues', {
      encryptionKey: props.encryption.messages,
      backstopKey: props.encryption.backstop,
      removalPolicy: props.removalPolicy,
      // https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
      visibilityTimeout: Duration.seconds(recorderTimeout.toSeconds() * 6 + batchingWindow.toSeconds()),
    });
    this.bus = new Bus(this, 'Events', {
      busName: props.busName,
      archiveKey: props.encryption.archive,
      archiveRetention: props.archiveRetention,
      producerAccounts: props.producerAccounts,
      producerOrganizationId: props.producerOrganizationId,
      queue: this.queues.ingest,
      undelivered: this.queues.undelivered,
    });
    this.recorder = new NodeFunction(this, 'Recorder', {
      ...props.functionDefaults,
      entry: 'record',
      description: 'Records each event of the ingest queue as one entry',
      memoryMebibytes: recorderMemoryMebibytes,
      timeout: recorderTimeout,
    });
    this.recorder.setEnvironment({
      [environmentNames.roleMap]: props.roleMap,
      [environmentNames.producers]: props.producers,
      [environmentNames.indexShards]: props.indexShards,
      [environmentNames.shardWritesPerSecond]: String(props.shardWritesPerSecond),
      [environmentNames.recorderConcurrency]: String(props.recorderConcurrency),
      ...(props.entryRetention && {
        [environmentNames.retentionDays]: String(props.entryRetention.toDays()),
      }),
    });
    props.tables.grantRecord(this.recorder);
    props.overflow.grantRecord(this.recorder);
    this.queues.grantRefuse(this.recorder);
    this.queues.grantConsume(this.recorder);
    this.redriveRole = new RedriveRole(this, 'Redrive', {
      queues: this.queues,
      encryptionKeys: [props.encryption.messages, props.encryption.backstop],
    }).role;
    this.queues.denyOtherSenders({
      rules: this.bus.rules,
      recorderRole: this.recorder.role,
      redriveRole: this.redriveRole,
    });
    const mapping = new lambda.EventSourceMapping(this, 'Source', {
      target: this.recorder.handler,
      eventSourceArn: this.queues.ingest.queueArn,
      batchSize,
      maxBatchingWindow: batchingWindow,
      reportBatchItemFailures: true,
      maxConcurrency: props.recorderConcurrency,
    });
    // Lambda checks on creation that the role may receive from the queue.
    mapping.node.addDependency(this.recorder.grantPrincipal);
  }
}
