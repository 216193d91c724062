import { Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import {
  domainSettings,
  everySetting,
  hostedSettings,
  issuerSettings,
  makeApp,
  poolSettings,
  propertiesOf,
  synthesize,
} from './synthesize.ts';

describe('RequestLogsStack', () => {
  it.each([
    ['an existing issuer', issuerSettings],
    ['a dashboard with a custom domain', { ...hostedSettings, ...domainSettings }],
    ['a user pool', poolSettings],
    ['every setting', everySetting],
    ['removal', { ...poolSettings, removalPolicy: 'destroy' }],
  ])('passes the AWS Solutions checks with %s', (_, settings) => {
    const { app } = makeApp(settings);
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
    expect(() => app.synth()).not.toThrow();
  });

  it('has the outputs that operators and producers need', () => {
    expect(Object.keys(synthesize().findOutputs('*'))).toEqual([
      'ApiUrl',
      'EventBusName',
      'EventBusArn',
      'EntryTableName',
      'DirectoryTableName',
      'ViewTableName',
      'OverflowBucketName',
      'LogBucketName',
      'IngestQueueUrl',
      'DeadLetterQueueUrl',
      'UndeliveredQueueUrl',
      'RejectedQueueUrl',
      'RedriveRoleArn',
      'RestoreRoleArn',
      'AlarmTopicArn',
    ]);
  });

  it('has outputs for the address of the dashboard and the target of its domain name', () => {
    const names = (settings: object) =>
      Object.keys(synthesize(settings).findOutputs('*')).filter((name) => /^Dashboard(Url|Alias)/.test(name));
    expect(names(issuerSettings)).toEqual([]);
    expect(names(hostedSettings)).toEqual(['DashboardUrl']);
    expect(names({ ...hostedSettings, ...domainSettings })).toEqual(['DashboardUrl', 'DashboardAliasTarget']);
  });

  it('contains no custom resource except the deployments of the dashboard, and no metadata', () => {
    const types = Object.values(
      synthesize(everySetting).toJSON().Resources as Record<string, { Type: string }>,
    ).map(({ Type }) => Type);
    expect(types.filter((type) => /^Custom::|CustomResource|CDK::Metadata/.test(type))).toEqual([
      'Custom::CDKBucketDeployment',
      'Custom::CDKBucketDeployment',
    ]);
  });

  it('contains nothing specific to an account or a region', () => {
    expect(JSON.stringify(synthesize(hostedSettings).toJSON())).not.toMatch(
      // The hash of an asset can contain twelve consecutive digits.
      /(?<![0-9a-f])\d{12}(?![0-9a-f])|(eu|us|ap)-[a-z]+-\d/,
    );
  });

  it.each(['STANDARD', 'STANDARD_INFREQUENT_ACCESS'])(
    'sets the table class %s on the entries table',
    (tableClass) => {
      const template = synthesize({ ...issuerSettings, tableClass });
      expect(propertiesOf(template, 'AWS::DynamoDB::Table', 'Entries')).toMatchObject({
        TableClass: tableClass,
      });
      expect(propertiesOf(template, 'AWS::DynamoDB::Table', 'Directory')).not.toHaveProperty('TableClass');
    },
  );

  it('sets the warm throughput on the entries table and each of its indexes', () => {
    const template = synthesize({ ...issuerSettings, warmThroughput: { writesPerSecond: 20_000 } });
    const warm = { WarmThroughput: { WriteUnitsPerSecond: 20_000 } };
    const { GlobalSecondaryIndexes, ...table } = propertiesOf(template, 'AWS::DynamoDB::Table', 'Entries');
    expect(table).toMatchObject(warm);
    expect(GlobalSecondaryIndexes).toEqual(Array.from({ length: 6 }, () => expect.objectContaining(warm)));
    const plain = propertiesOf(synthesize(issuerSettings), 'AWS::DynamoDB::Table', 'Entries');
    expect(JSON.stringify(plain)).not.toContain('WarmThroughput');
  });

  it('passes the retention to the archive', () => {
    synthesize({ ...issuerSettings, retentionDays: 30 }).hasResourceProperties('AWS::Events::Archive', {
      RetentionDays: 30,
    });
  });
});
