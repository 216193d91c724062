// The product as one stack: connects the constructs and exports what operators and producers need to know.
import { Aws, CfnOutput, Duration, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { Encryption } from './constructs/encryption.ts';
import { Identity } from './constructs/identity.ts';
import { Ingest } from './constructs/ingest.ts';
import { LogArchive } from './constructs/log-archive.ts';
import { LogWitnesses } from './constructs/log-witnesses.ts';
import { NodeFunction } from './constructs/node-function.ts';
import { OverflowBucket } from './constructs/overflow-bucket.ts';
import { QueryApi } from './constructs/query-api.ts';
import { SealedLog } from './constructs/sealed-log.ts';
import { Tables } from './constructs/tables.ts';
import { Observability } from './observability/observability.ts';
import type { Config } from './settings/config.ts';
import { ownAccount } from './settings/settings.ts';
import { DashboardSite } from './site/dashboard-site.ts';

export interface RequestLogsStackProps {
  readonly config: Config;
}

/** Request Logs of one stage. It looks nothing up, so it deploys to any account and region of the partition `aws`. */
export class RequestLogsStack extends Stack {
  readonly encryption: Encryption;
  readonly tables: Tables;
  readonly overflow: OverflowBucket;
  readonly ingest: Ingest;
  readonly sealedLog: SealedLog;
  readonly logArchive: LogArchive;
  /** `undefined` if no witness is configured. */
  readonly logWitnesses: LogWitnesses | undefined;
  readonly identity: Identity;
  readonly queryApi: QueryApi;
  /** `undefined` if no one could sign in to it. */
  readonly dashboard: DashboardSite | undefined;
  readonly observability: Observability;

  constructor(scope: Construct, id: string, props: RequestLogsStackProps) {
    const { config } = props;
    super(scope, id, {
      description: 'Request Logs: the audit trail of MayaOps',
      terminationProtection: config.removalPolicy === 'retain',
    });
    const removalPolicy = config.removalPolicy === 'retain' ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY;
    const name = `request-logs-${config.stage}`;
    const roleMap = this.toJsonString(config.roleMap);
    const indexShards = this.toJsonString(config.indexShards);
    const claims = this.toJsonString(config.claims);
    const metricsNamespace = `RequestLogs/${config.stage}`;

    this.encryption = new Encryption(this, 'Encryption', { removalPolicy });
    const functionDefaults = {
      logKey: this.encryption.logs,
      logRetention: config.logRetentionDays,
      removalPolicy,
      metricsNamespace,
    };
    const entryRetention =
      config.retentionDays === undefined ? undefined : Duration.days(config.retentionDays);
    this.tables = new Tables(this, 'Tables', {
      encryptionKey: this.encryption.tables,
      removalPolicy,
      expires: entryRetention !== undefined,
      tableClass: config.tableClass,
      warmWritesPerSecond: config.warmThroughput?.writesPerSecond,
    });
    this.overflow = new OverflowBucket(this, 'Overflow', {
      encryptionKey: this.encryption.tables,
      removalPolicy,
      entryRetention,
    });
    this.ingest = new Ingest(this, 'Ingest', {
      functionDefaults,
      encryption: this.encryption,
      tables: this.tables,
      overflow: this.overflow,
      removalPolicy,
      busName: name,
      archiveRetention: Duration.days(config.archiveDays),
      producerAccounts: config.producers
        .map(({ account }) => account)
        .filter((account, index, all) => account !== ownAccount && all.indexOf(account) === index),
      producerOrganizationId: config.producerOrganizationId,
      producers: this.toJsonString(
        config.producers.map(({ account, organizations }) => ({
          account: account === ownAccount ? Aws.ACCOUNT_ID : account,
          organizations,
        })),
      ),
      roleMap,
      indexShards,
      shardWritesPerSecond: config.shardWritesPerSecond,
      entryRetention,
      recorderConcurrency: config.recorderConcurrency,
    });
    this.sealedLog = new SealedLog(this, 'SealedLog', {
      functionDefaults,
      tables: this.tables,
      encryptionKey: this.encryption.tables,
      removalPolicy,
      entryRetention,
      settings: config.sealing,
      identity: this.toJsonString({ stage: config.stage, account: Aws.ACCOUNT_ID, region: Aws.REGION }),
      witnesses: config.witnesses.length === 0 ? undefined : this.toJsonString(config.witnesses),
    });
    this.logArchive = new LogArchive(this, 'LogArchive', {
      functionDefaults,
      sealedLog: this.sealedLog,
      settings: config.sealing,
    });
    this.logWitnesses =
      config.witnesses.length === 0
        ? undefined
        : new LogWitnesses(this, 'LogWitnesses', {
            functionDefaults,
            sealedLog: this.sealedLog,
            intervalSeconds: config.sealing.intervalSeconds,
          });
    this.identity = new Identity(this, 'Identity', {
      functionDefaults,
      removalPolicy,
      existing: config.issuer,
      client: config.dashboardClient,
      // The site needs the API, which needs the authorizer that is created here.
      dashboardOrigin: Lazy.string({ produce: () => this.dashboard?.origin }),
      signInPrefix: name,
      claims,
    });
    this.queryApi = new QueryApi(this, 'QueryApi', {
      functionDefaults,
      apiName: name,
      tables: this.tables,
      overflow: this.overflow,
      sealedLog: this.sealedLog,
      authorizer: this.identity.authorizer,
      corsOrigins: config.corsOrigins,
      throttle: { rateLimit: config.throttling.requestsPerSecond, burstLimit: config.throttling.burst },
      removalPolicy,
      roleMap,
      identityClaims: claims,
      indexShards,
      readBudgetUnits: config.readBudgetUnits,
    });
    this.dashboard =
      this.identity.signIn &&
      new DashboardSite(this, 'Dashboard', {
        functionDefaults,
        api: this.queryApi.api,
        signIn: this.identity.signIn,
        domain: config.dashboardDomain,
      });
    this.observability = new Observability(this, 'Observability', {
      name,
      encryptionKey: this.encryption.backstop,
      emails: config.alarms.emails,
      topicArn: config.alarms.topicArn,
      silence: Duration.hours(config.alarms.silenceHours),
      deniedAttempts: config.alarms.deniedAttempts,
      runbookUrl: config.alarms.runbookUrl,
      protected: {
        tables: [this.tables.entries, this.tables.directory, this.tables.views, this.sealedLog.sequencer],
        keys: [...this.encryption.keys, this.sealedLog.signingKey],
        buckets: [this.overflow.bucket, this.sealedLog.bucket],
        queues: this.ingest.queues.all,
      },
      watched: {
        metricsNamespace,
        bus: this.ingest.bus,
        queues: this.ingest.queues,
        recorder: this.ingest.recorder,
        sealedLog: this.sealedLog,
        logArchive: this.logArchive,
        logWitnesses: this.logWitnesses,
        functions: this.node.findAll().filter((construct) => construct instanceof NodeFunction),
        tables: this.tables,
        api: this.queryApi.api,
        recorderConcurrency: config.recorderConcurrency,
      },
    });
    this.addOutputs();
  }

  private addOutputs(): void {
    const { queues, bus } = this.ingest;
    const outputs = {
      DashboardUrl: this.dashboard?.origin,
      DashboardAliasTarget: this.dashboard?.aliasTarget,
      ApiUrl: this.queryApi.api.apiEndpoint,
      EventBusName: bus.bus.eventBusName,
      EventBusArn: bus.bus.eventBusArn,
      EntryTableName: this.tables.entries.tableName,
      DirectoryTableName: this.tables.directory.tableName,
      ViewTableName: this.tables.views.tableName,
      OverflowBucketName: this.overflow.bucket.bucketName,
      LogBucketName: this.sealedLog.bucket.bucketName,
      IngestQueueUrl: queues.ingest.queueUrl,
      DeadLetterQueueUrl: queues.deadLetters.queueUrl,
      UndeliveredQueueUrl: queues.undelivered.queueUrl,
      RejectedQueueUrl: queues.rejected.queueUrl,
      RedriveRoleArn: this.ingest.redriveRole.roleArn,
      UserPoolId: this.identity.userPool?.userPoolId,
      UserPoolClientId: this.identity.userPoolClient?.userPoolClientId,
      RestoreRoleArn: this.tables.restoreRole.roleArn,
      AlarmTopicArn: this.observability.topic.topic.topicArn,
    };
    for (const [id, value] of Object.entries(outputs)) {
      if (value !== undefined) new CfnOutput(this, id, { value });
    }
  }
}
