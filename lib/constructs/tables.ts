// The table of entries with its five indexes and the table of the directory. Whoever uses them is granted here,
// permission and environment together; nobody is granted an update or a delete, and the tables deny both.
import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { environmentNames } from '../../core/deployment/environment-names.ts';
import { indexKeys } from '../../core/storage/shards.ts';
import {
  directoryAttributes,
  entryAttributes,
  indexNames,
  indexPartitionAttributes,
} from '../../core/storage/table-attributes.ts';
import type { NodeFunction } from './node-function.ts';

export interface TablesProps {
  readonly encryptionKey: kms.IKey;
  /** `RETAIN` also protects the tables from deletion; `DESTROY` does not. */
  readonly removalPolicy: RemovalPolicy;
}

/** What would change or remove an entry once written. TTL and restores are not stopped by it. */
const deniedActions = [
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:PartiQLInsert',
  'dynamodb:PartiQLUpdate',
  'dynamodb:PartiQLDelete',
];

/** Both tables. */
export class Tables extends Construct {
  readonly entries: dynamodb.Table;
  readonly directory: dynamodb.Table;
  private readonly encryptionKey: kms.IKey;

  constructor(scope: Construct, id: string, props: TablesProps) {
    super(scope, id);
    this.encryptionKey = props.encryptionKey;
    const common = {
      billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
      encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: props.encryptionKey,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: props.removalPolicy === RemovalPolicy.RETAIN,
      removalPolicy: props.removalPolicy,
    };
    this.entries = new dynamodb.Table(this, 'Entries', {
      ...common,
      partitionKey: stringAttribute(entryAttributes.pk),
      timeToLiveAttribute: entryAttributes.expiresAt,
      resourcePolicy: denyChanges(),
    });
    for (const key of indexKeys) {
      this.entries.addGlobalSecondaryIndex({
        indexName: indexNames[key],
        partitionKey: stringAttribute(indexPartitionAttributes[key]),
        sortKey: stringAttribute(entryAttributes.id),
        projectionType: dynamodb.ProjectionType.INCLUDE,
        nonKeyAttributes: [entryAttributes.view],
      });
    }
    this.directory = new dynamodb.Table(this, 'Directory', {
      ...common,
      partitionKey: stringAttribute(directoryAttributes.pk),
      sortKey: stringAttribute(directoryAttributes.sk),
      resourcePolicy: denyChanges(),
    });
  }

  /** Lets the recorder put entries and directory items, and read an item back by its key. */
  grantRecord(recorder: NodeFunction): void {
    recorder.setEnvironment({
      [environmentNames.tableName]: this.entries.tableName,
      [environmentNames.directoryTableName]: this.directory.tableName,
    });
    recorder.allow(
      ['dynamodb:GetItem', 'dynamodb:PutItem'],
      [this.entries.tableArn, this.directory.tableArn],
    );
    this.allowKey(recorder, ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey']);
  }

  /** Lets a function read one entry by its key. */
  grantGetEntry(reader: NodeFunction): void {
    reader.setEnvironment({ [environmentNames.tableName]: this.entries.tableName });
    reader.allow(['dynamodb:GetItem'], [this.entries.tableArn]);
    this.allowKey(reader, ['kms:Decrypt', 'kms:DescribeKey']);
  }

  /** Lets a function query the indexes and the directory, never the base table. */
  grantListEntries(reader: NodeFunction): void {
    reader.setEnvironment({
      [environmentNames.tableName]: this.entries.tableName,
      [environmentNames.directoryTableName]: this.directory.tableName,
    });
    const indexArns = indexKeys.map((key) => `${this.entries.tableArn}/index/${indexNames[key]}`);
    reader.allow(['dynamodb:Query'], [...indexArns, this.directory.tableArn]);
    this.allowKey(reader, ['kms:Decrypt', 'kms:DescribeKey']);
  }

  /** Lets a function query the directory and nothing else. */
  grantListDirectory(reader: NodeFunction): void {
    reader.setEnvironment({ [environmentNames.directoryTableName]: this.directory.tableName });
    reader.allow(['dynamodb:Query'], [this.directory.tableArn]);
    this.allowKey(reader, ['kms:Decrypt', 'kms:DescribeKey']);
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

/** The resource is `*`, this very table: naming its ARN in its own property would be circular. */
function denyChanges(): iam.PolicyDocument {
  return new iam.PolicyDocument({
    statements: [
      new iam.PolicyStatement({
        sid: 'EntriesAreWrittenOnce',
        effect: iam.Effect.DENY,
        principals: [new iam.AnyPrincipal()],
        actions: deniedActions,
        resources: ['*'],
      }),
    ],
  });
}
