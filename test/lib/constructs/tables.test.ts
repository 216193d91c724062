import { describe, expect, it } from 'vitest';
import { indexKeys } from '../../../core/storage/shards.ts';
import {
  directoryAttributes,
  entryAttributes,
  indexNames,
  indexPartitionAttributes,
} from '../../../core/storage/table-attributes.ts';
import { arnOf, findFunction, findId, issuerSettings, propertiesOf, synthesize } from '../synthesize.ts';

const template = synthesize();
const tables = { Entries: 'TablesEntries', Directory: 'TablesDirectory', Views: 'TablesViews' };

const keySchema = (partition: string, sort: string) => [
  { AttributeName: partition, KeyType: 'HASH' },
  { AttributeName: sort, KeyType: 'RANGE' },
];

describe('Tables', () => {
  it('has a stream with both images of each changed entry', () => {
    expect(propertiesOf(template, 'AWS::DynamoDB::Table', tables.Entries)).toMatchObject({
      StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
    });
    expect(propertiesOf(template, 'AWS::DynamoDB::Table', tables.Directory)).not.toHaveProperty(
      'StreamSpecification',
    );
  });

  it('uses the identity as the only key of the entries table, without a sort key', () => {
    expect(propertiesOf(template, 'AWS::DynamoDB::Table', tables.Entries)).toMatchObject({
      KeySchema: [{ AttributeName: entryAttributes.pk, KeyType: 'HASH' }],
    });
  });

  it('uses partition and value as the key of the directory table', () => {
    expect(propertiesOf(template, 'AWS::DynamoDB::Table', tables.Directory)).toMatchObject({
      KeySchema: keySchema(directoryAttributes.pk, directoryAttributes.sk),
    });
  });

  it('sorts every index by the entry id and projects only the list view', () => {
    const properties = propertiesOf(template, 'AWS::DynamoDB::Table', tables.Entries);
    expect(properties.GlobalSecondaryIndexes).toEqual(
      indexKeys.map((key) => ({
        IndexName: indexNames[key],
        KeySchema: keySchema(indexPartitionAttributes[key], entryAttributes.id),
        Projection: { ProjectionType: 'INCLUDE', NonKeyAttributes: [entryAttributes.view] },
      })),
    );
  });

  it('expires entries only when retentionDays is set, and never expires the directory', () => {
    const ttl = (from: typeof template, name: string) =>
      propertiesOf(from, 'AWS::DynamoDB::Table', name).TimeToLiveSpecification;
    expect(ttl(template, tables.Entries)).toBeUndefined();
    const expiring = synthesize({ ...issuerSettings, retentionDays: 400 });
    expect(ttl(expiring, tables.Entries)).toEqual({
      AttributeName: entryAttributes.expiresAt,
      Enabled: true,
    });
    expect(ttl(expiring, tables.Directory)).toBeUndefined();
  });

  it.each(Object.values(tables))('encrypts, backs up, protects and bills on demand: %s', (name) => {
    expect(propertiesOf(template, 'AWS::DynamoDB::Table', name)).toMatchObject({
      BillingMode: 'PAY_PER_REQUEST',
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: {
        SSEEnabled: true,
        SSEType: 'KMS',
        KMSMasterKeyId: arnOf(template, 'AWS::KMS::Key', 'EncryptionTables'),
      },
    });
  });

  const statementsOf = (name: string): unknown =>
    template.findResources('AWS::DynamoDB::Table')[findId(template, 'AWS::DynamoDB::Table', name)]?.Properties
      .ResourcePolicy.PolicyDocument.Statement;
  const roleArn = (name: string) => arnOf(template, 'AWS::IAM::Role', name);

  it('denies every principal to change an entry, and all but the recorder and the restore role to insert one', () => {
    const everyone = { Effect: 'Deny', Principal: { AWS: '*' }, Resource: '*' };
    expect(statementsOf(tables.Entries)).toEqual([
      {
        ...everyone,
        Sid: 'EntriesAreNeverChanged',
        Action: [
          'dynamodb:BatchWriteItem',
          'dynamodb:DeleteItem',
          'dynamodb:PartiQLDelete',
          'dynamodb:PartiQLUpdate',
          'dynamodb:PutItem',
          'dynamodb:UpdateItem',
        ],
      },
      {
        ...everyone,
        Sid: 'EntriesAreInsertedByTheRecorder',
        Action: 'dynamodb:PartiQLInsert',
        Condition: {
          ArnNotEquals: { 'aws:PrincipalArn': [roleArn('TablesRestoreRole'), roleArn('IngestRecorderRole')] },
        },
      },
    ]);
  });

  it('denies every principal all changes of the directory except a put, and an update by the recorder', () => {
    expect(statementsOf(tables.Directory)).toEqual([
      {
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Resource: '*',
        Sid: 'RowsAreOnlyPut',
        Action: [
          'dynamodb:BatchWriteItem',
          'dynamodb:DeleteItem',
          'dynamodb:PartiQLDelete',
          'dynamodb:PartiQLInsert',
          'dynamodb:PartiQLUpdate',
        ],
      },
      {
        Effect: 'Deny',
        Principal: { AWS: '*' },
        Resource: '*',
        Sid: 'RowsAreUpdatedByTheRecorder',
        Action: 'dynamodb:UpdateItem',
        Condition: { ArnNotEquals: { 'aws:PrincipalArn': [roleArn('IngestRecorderRole')] } },
      },
    ]);
  });

  it('retains the tables, unless the configuration says destroy', () => {
    template.allResources('AWS::DynamoDB::Table', {
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
    const destroyed = synthesize({ ...issuerSettings, removalPolicy: 'destroy' });
    destroyed.allResources('AWS::DynamoDB::Table', { DeletionPolicy: 'Delete' });
    destroyed.allResourcesProperties('AWS::DynamoDB::Table', { DeletionProtectionEnabled: false });
  });

  it('grants no role a batch of writes, a delete only of views, an update only to the recorder, and a scan only to the restore role and the sealer', () => {
    const policies = template.findResources('AWS::IAM::Policy');
    const actions = JSON.stringify(policies).match(/dynamodb:\w+/g);
    expect(new Set(actions)).toEqual(
      new Set([
        'dynamodb:BatchGetItem',
        'dynamodb:DeleteItem',
        'dynamodb:DescribeStream',
        'dynamodb:DescribeTable',
        'dynamodb:GetItem',
        'dynamodb:GetRecords',
        'dynamodb:GetShardIterator',
        'dynamodb:PartiQLInsert',
        'dynamodb:PutItem',
        'dynamodb:Query',
        'dynamodb:Scan',
        'dynamodb:UpdateItem',
      ]),
    );
    const allowedTo = (action: string) =>
      Object.entries(policies).flatMap(([id, policy]) =>
        JSON.stringify(policy).includes(action) ? [id] : [],
      );
    expect(allowedTo('dynamodb:UpdateItem')).toEqual([expect.stringMatching(/^IngestRecorderRole/)]);
    expect(allowedTo('dynamodb:DeleteItem')).toEqual([expect.stringMatching(/^QueryApiSavedViewsRole/)]);
    expect(allowedTo('dynamodb:Scan')).toEqual([
      expect.stringMatching(/^TablesRestoreRole/),
      expect.stringMatching(/^SealedLogSealerRole/),
    ]);
  });
});

describe('Tables.grantRecord', () => {
  it('allows only inserting and reading entries, and writing and reading directory rows', () => {
    const { permissions, environment } = findFunction(template, 'record');
    const entries = arnOf(template, 'AWS::DynamoDB::Table', tables.Entries);
    const directory = arnOf(template, 'AWS::DynamoDB::Table', tables.Directory);
    const onTables = permissions.filter(({ action }) => action.startsWith('dynamodb:'));
    expect(onTables.map(({ action, resource }) => [action, resource])).toEqual(
      expect.arrayContaining([
        ['dynamodb:PartiQLInsert', entries],
        ['dynamodb:PutItem', directory],
        ['dynamodb:GetItem', entries],
        ['dynamodb:GetItem', directory],
        ['dynamodb:Query', directory],
        ['dynamodb:UpdateItem', directory],
      ]),
    );
    expect(onTables).toHaveLength(6);
    expect(environment).toMatchObject({
      TABLE_NAME: { Ref: expect.stringContaining(tables.Entries) },
      DIRECTORY_TABLE_NAME: { Ref: expect.stringContaining(tables.Directory) },
    });
  });

  it.each([
    ['record', ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey']],
    ['list-entries', ['kms:Decrypt', 'kms:DescribeKey']],
    ['export-entries', ['kms:Decrypt', 'kms:DescribeKey']],
    ['summarize', ['kms:Decrypt', 'kms:DescribeKey']],
    ['get-entry', ['kms:Decrypt', 'kms:DescribeKey']],
    ['get-history', ['kms:Decrypt', 'kms:DescribeKey']],
    ['get-proof', ['kms:Decrypt', 'kms:DescribeKey']],
    ['list-directory', ['kms:Decrypt', 'kms:DescribeKey']],
  ])(
    'allows %s the key of the tables, through DynamoDB (or S3, for states outside items)',
    (entry, actions) => {
      const key = arnOf(template, 'AWS::KMS::Key', 'EncryptionTables');
      const onKey = findFunction(template, entry)
        .permissions.filter(({ resource }) => JSON.stringify(resource) === JSON.stringify(key))
        .filter(({ condition }) => !JSON.stringify(condition ?? '').includes('"s3."'));
      expect(onKey.map(({ action }) => action).sort()).toEqual(actions);
      for (const { condition } of onKey) {
        expect(condition).toEqual({
          StringEquals: {
            'kms:ViaService': { 'Fn::Join': ['', ['dynamodb.', { Ref: 'AWS::Region' }, '.amazonaws.com']] },
          },
        });
      }
    },
  );
});

describe('Tables.grantListEntries', () => {
  it.each([
    ['list-entries', ['dynamodb:BatchGetItem', 'dynamodb:GetItem']],
    ['export-entries', ['dynamodb:BatchGetItem', 'dynamodb:GetItem']],
    ['summarize', ['dynamodb:BatchGetItem', 'dynamodb:GetItem']],
  ])(
    'allows %s to query the six indexes and the directory, and %j on the base table',
    (entry, baseActions) => {
      const { permissions } = findFunction(template, entry);
      const entries = arnOf(template, 'AWS::DynamoDB::Table', tables.Entries);
      const onTables = permissions.filter(({ action }) => action.startsWith('dynamodb:'));
      expect(onTables.map(({ action, resource }) => [action, resource])).toEqual(
        expect.arrayContaining([
          ['dynamodb:Query', arnOf(template, 'AWS::DynamoDB::Table', tables.Directory)],
          ...Object.values(indexNames).map((index) => [
            'dynamodb:Query',
            { 'Fn::Join': ['', [entries, `/index/${index}`]] },
          ]),
        ]),
      );
      const onBase = onTables.filter(({ resource }) => JSON.stringify(resource) === JSON.stringify(entries));
      expect(onBase.map(({ action }) => action).sort()).toEqual(baseActions);
      expect(onTables).toHaveLength(7 + baseActions.length);
    },
  );
});

describe('Tables.grantGetHistory', () => {
  it('allows queries of the directory and of two indexes, and reads of entries by key', () => {
    const { permissions } = findFunction(template, 'get-history');
    const entries = arnOf(template, 'AWS::DynamoDB::Table', tables.Entries);
    const onIndex = (index: string) => ['dynamodb:Query', { 'Fn::Join': ['', [entries, `/index/${index}`]] }];
    const onTables = permissions.filter(({ action }) => action.startsWith('dynamodb:'));
    expect(onTables).toHaveLength(5);
    expect(onTables.map(({ action, resource }) => [action, resource])).toEqual(
      expect.arrayContaining([
        onIndex(indexNames.resourceName),
        onIndex(indexNames.accountRegion),
        ['dynamodb:Query', arnOf(template, 'AWS::DynamoDB::Table', tables.Directory)],
        ['dynamodb:BatchGetItem', entries],
        ['dynamodb:GetItem', entries],
      ]),
    );
  });
});

describe('Tables.grantGetEntry', () => {
  it('allows only reading one entry by its key', () => {
    const { permissions, environment } = findFunction(template, 'get-entry');
    const onTables = permissions.filter(({ action }) => action.startsWith('dynamodb:'));
    expect(onTables.map(({ action, resource }) => [action, resource])).toEqual([
      ['dynamodb:GetItem', arnOf(template, 'AWS::DynamoDB::Table', tables.Entries)],
    ]);
    expect(environment).not.toHaveProperty('DIRECTORY_TABLE_NAME');
  });
});

describe('Tables.grantListDirectory', () => {
  it('allows queries of the directory, and no access to entries', () => {
    const { permissions, environment } = findFunction(template, 'list-directory');
    const onTables = permissions.filter(({ action }) => action.startsWith('dynamodb:'));
    expect(onTables.map(({ action, resource }) => [action, resource])).toEqual([
      ['dynamodb:Query', arnOf(template, 'AWS::DynamoDB::Table', tables.Directory)],
    ]);
    expect(environment).not.toHaveProperty('TABLE_NAME');
  });
});

describe('Tables.grantSavedViews', () => {
  it('allows a function to query, put, and delete saved views, and no access to entries', () => {
    const { permissions, environment } = findFunction(template, 'saved-views');
    const views = arnOf(template, 'AWS::DynamoDB::Table', tables.Views);
    const own = permissions.filter(({ action }) => action.startsWith('dynamodb:'));
    expect(own.map(({ action, resource }) => [action, resource])).toEqual([
      ['dynamodb:DeleteItem', views],
      ['dynamodb:PutItem', views],
      ['dynamodb:Query', views],
    ]);
    expect(environment).not.toHaveProperty('TABLE_NAME');
  });
});
