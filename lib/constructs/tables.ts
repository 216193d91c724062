// The entries table with its six indexes, the directory table, and the table of saved views. Each grant sets permissions
// and environment variables together. Must never grant a call that changes an entry; the table's policy denies them all.
import { Aws, Lazy, type RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { environmentNames } from '../../core/deployment/environment-names.ts';
import { indexKeys } from '../../core/storage/shards.ts';
import {
  directoryAttributes,
  entryAttributes,
  type IndexKey,
  indexNames,
  indexPartitionAttributes,
  viewAttributes,
} from '../../core/storage/table-attributes.ts';
import type { NodeFunction } from './node-function.ts';
import { protectedTable } from './protected-table.ts';

export interface TablesProps {
  readonly encryptionKey: kms.IKey;
  /** `RETAIN` also protects the tables from deletion; `DESTROY` does not. */
  readonly removalPolicy: RemovalPolicy;
  /** Whether entries expire. Without it the table has no TTL: an `expiresAt` would be a way to delete an entry. */
  readonly expires: boolean;
  /** DynamoDB table class of the entries. The directory is small and stays in the standard class. */
  readonly tableClass: 'STANDARD' | 'STANDARD_INFREQUENT_ACCESS';
  /**
   * Writes per second that the entries table and each of its indexes take at once.
   * @default 4,000 in a new table, then twice the peak of the last 30 minutes
   */
  readonly warmWritesPerSecond?: number | undefined;
}

/** Every data-plane call that changes, replaces or removes an item. TTL and restores are not data-plane calls. */
const changeActions = [
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:PartiQLUpdate',
  'dynamodb:PartiQLDelete',
];

/** Adds an item, and cannot replace one: an existing key is an error, whatever the caller's permissions. */
const insertAction = 'dynamodb:PartiQLInsert';

/** The tables. */
export class Tables extends Construct {
  readonly entries: dynamodb.Table;
  readonly directory: dynamodb.Table;
  /** Saved views. Contains no entries. */
  readonly views: dynamodb.Table;
  /** The role that operators assume to insert lost entries from a restored table. */
  readonly restoreRole: iam.Role;
  private readonly encryptionKey: kms.IKey;
  private readonly inserters: string[] = [];
  private readonly updaters: string[] = [];

  constructor(scope: Construct, id: string, props: TablesProps) {
    super(scope, id);
    this.encryptionKey = props.encryptionKey;
    const common = protectedTable(props.encryptionKey, props.removalPolicy);
    const warm = props.warmWritesPerSecond && {
      warmThroughput: { writeUnitsPerSecond: props.warmWritesPerSecond },
    };
    this.entries = new dynamodb.Table(this, 'Entries', {
      ...common,
      partitionKey: stringAttribute(entryAttributes.pk),
      tableClass: dynamodb.TableClass[props.tableClass],
      // Adding a stream does not replace the table.
      stream: dynamodb.StreamViewType.NEW_AND_OLD_IMAGES,
      ...(props.expires && { timeToLiveAttribute: entryAttributes.expiresAt }),
      resourcePolicy: this.entriesPolicy(),
      ...warm,
    });
    for (const key of indexKeys) {
      this.entries.addGlobalSecondaryIndex({
        indexName: indexNames[key],
        partitionKey: stringAttribute(indexPartitionAttributes[key]),
        sortKey: stringAttribute(entryAttributes.id),
        projectionType: dynamodb.ProjectionType.INCLUDE,
        nonKeyAttributes: [entryAttributes.view],
        ...warm,
      });
    }
    this.directory = new dynamodb.Table(this, 'Directory', {
      ...common,
      partitionKey: stringAttribute(directoryAttributes.pk),
      sortKey: stringAttribute(directoryAttributes.sk),
      resourcePolicy: this.directoryPolicy(),
    });
    this.views = new dynamodb.Table(this, 'Views', {
      ...common,
      partitionKey: stringAttribute(viewAttributes.pk),
      sortKey: stringAttribute(viewAttributes.id),
    });
    this.restoreRole = this.makeRestoreRole(Stack.of(this).stackName);
  }

  /** Lets the recorder insert entries, write rows of the directory, and read both by their keys. */
  grantRecord(recorder: NodeFunction): void {
    this.inserters.push(recorder.role.roleArn);
    recorder.setEnvironment({
      [environmentNames.tableName]: this.entries.tableName,
      [environmentNames.directoryTableName]: this.directory.tableName,
    });
    recorder.allow(['dynamodb:GetItem', insertAction], [this.entries.tableArn]);
    recorder.allow(
      ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      [this.directory.tableArn],
    );
    this.updaters.push(recorder.role.roleArn);
    this.allowKey(recorder, ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey']);
  }

  /** Lets a function read one entry by its key. */
  grantGetEntry(reader: NodeFunction): void {
    reader.setEnvironment({ [environmentNames.tableName]: this.entries.tableName });
    reader.allow(['dynamodb:GetItem'], [this.entries.tableArn]);
    this.allowKey(reader, ['kms:Decrypt', 'kms:DescribeKey']);
  }

  /** Lets a function query the indexes and the directory, but not read the base table. */
  grantListEntries(reader: NodeFunction): void {
    this.allowQueries(reader, indexKeys);
  }

  /** Lets a function query the indexes that contain the entries of a target, and the directory. */
  grantGetHistory(reader: NodeFunction): void {
    this.allowQueries(reader, ['resourceName', 'accountRegion']);
  }

  private allowQueries(reader: NodeFunction, indexes: readonly IndexKey[]): void {
    reader.setEnvironment({
      [environmentNames.tableName]: this.entries.tableName,
      [environmentNames.directoryTableName]: this.directory.tableName,
    });
    const indexArns = indexes.map((key) => `${this.entries.tableArn}/index/${indexNames[key]}`);
    reader.allow(['dynamodb:Query'], [...indexArns, this.directory.tableArn]);
    this.allowKey(reader, ['kms:Decrypt', 'kms:DescribeKey']);
  }

  /** Lets a function read many entries by their keys. */
  grantGetEntries(reader: NodeFunction): void {
    reader.allow(['dynamodb:BatchGetItem', 'dynamodb:GetItem'], [this.entries.tableArn]);
  }

  /** Lets a function query the directory and nothing else. */
  grantListDirectory(reader: NodeFunction): void {
    reader.setEnvironment({ [environmentNames.directoryTableName]: this.directory.tableName });
    reader.allow(['dynamodb:Query'], [this.directory.tableArn]);
    this.allowKey(reader, ['kms:Decrypt', 'kms:DescribeKey']);
  }

  /** Lets a function query, put, and delete saved views, and nothing else. */
  grantSavedViews(handler: NodeFunction): void {
    handler.setEnvironment({ [environmentNames.viewTableName]: this.views.tableName });
    handler.allow(['dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:Query'], [this.views.tableArn]);
    this.allowKey(handler, ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey']);
  }

  /** Lets the sealer read the stream of entries, and scan the table after records of the stream were lost. */
  grantSeal(sealer: NodeFunction): void {
    const { tableArn, tableName, tableStreamArn } = this.entries;
    if (tableStreamArn === undefined) throw new Error('the entries table has no stream');
    sealer.setEnvironment({
      [environmentNames.tableName]: tableName,
      [environmentNames.entryStreamArn]: tableStreamArn,
    });
    sealer.allow(
      ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'],
      [tableStreamArn],
    );
    sealer.allow(['dynamodb:Scan'], [tableArn]);
    this.allowKey(sealer, ['kms:Decrypt', 'kms:DescribeKey']);
  }

  private entriesPolicy(): iam.PolicyDocument {
    const inserters = Lazy.list({ produce: () => this.inserters });
    return new iam.PolicyDocument({
      statements: [
        deny('EntriesAreNeverChanged', changeActions),
        deny('EntriesAreInsertedByTheRecorder', [insertAction], {
          ArnNotEquals: { 'aws:PrincipalArn': inserters },
        }),
      ],
    });
  }

  /** Allows puts of directory rows, and updates of the recorder's counters. Denies everything else. */
  private directoryPolicy(): iam.PolicyDocument {
    const allowed = ['dynamodb:PutItem', 'dynamodb:UpdateItem'];
    const actions = [...changeActions.filter((action) => !allowed.includes(action)), insertAction];
    return new iam.PolicyDocument({
      statements: [
        deny('RowsAreOnlyPut', actions),
        deny('RowsAreUpdatedByTheRecorder', ['dynamodb:UpdateItem'], {
          ArnNotEquals: { 'aws:PrincipalArn': Lazy.list({ produce: () => this.updaters }) },
        }),
      ],
    });
  }

  /** Operators assume it for `npm run restore-missing`. Names of restored tables must start with the stack's name. */
  private makeRestoreRole(stackName: string): iam.Role {
    const role = new iam.Role(this, 'RestoreRole', {
      assumedBy: new iam.AccountRootPrincipal(),
      description: 'Request Logs: inserts missing entries from a restored table',
    });
    this.inserters.push(role.roleArn);
    const restored = Stack.of(this).formatArn({
      service: 'dynamodb',
      resource: 'table',
      resourceName: `${stackName}-*`,
    });
    const { tableArn: entries } = this.entries;
    const { tableArn: directory } = this.directory;
    const allow = (actions: string[], resources: string[], conditions?: Record<string, unknown>) =>
      role.addToPolicy(new iam.PolicyStatement({ actions, resources, ...(conditions && { conditions }) }));
    allow(['dynamodb:DescribeTable', 'dynamodb:GetItem', 'dynamodb:Scan'], [restored]);
    allow(['dynamodb:DescribeTable', 'dynamodb:GetItem', insertAction], [entries]);
    allow(['dynamodb:DescribeTable', 'dynamodb:GetItem', 'dynamodb:PutItem'], [directory]);
    allow(
      ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'],
      [this.encryptionKey.keyArn],
      {
        StringEquals: { 'kms:ViaService': `dynamodb.${Aws.REGION}.amazonaws.com` },
      },
    );
    Validations.of(role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:dynamodb:<AWS::Region>:<AWS::AccountId>:table/${stackName}-*]`,
      reason: 'The name of a restored table is chosen when it is restored.',
    });
    return role;
  }

  /** DynamoDB uses the key on the caller's behalf; `table.grant` does not cover it (aws/aws-cdk#10010). */
  private allowKey(grantee: NodeFunction, actions: string[]): void {
    grantee.allow(actions, [this.encryptionKey.keyArn], {
      StringEquals: { 'kms:ViaService': `dynamodb.${Aws.REGION}.amazonaws.com` },
    });
  }
}

function stringAttribute(name: string): dynamodb.Attribute {
  return { name, type: dynamodb.AttributeType.STRING };
}

/**
 * Denies the actions to every principal, including root and administrators. The resource `*` means this table: its ARN would
 * be circular in its own property.
 */
function deny(sid: string, actions: string[], conditions?: Record<string, unknown>): iam.PolicyStatement {
  return new iam.PolicyStatement({
    sid,
    effect: iam.Effect.DENY,
    principals: [new iam.AnyPrincipal()],
    actions,
    resources: ['*'],
    ...(conditions && { conditions }),
  });
}
