// Pins the logical ids of resources that hold data. If an id changes, CloudFormation creates a new, empty
// resource and orphans or deletes the old one. Add new resources that hold data here and to
// docs/stack-policy.json.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import stackPolicy from '../../docs/stack-policy.json' with { type: 'json' };
import { everySetting, issuerSettings, makeApp, synthesize } from './synthesize.ts';

/** Logical ids of resources that hold data, by type. Never change one. */
const pinned: Readonly<Record<string, readonly string[]>> = {
  'AWS::Cognito::UserPool': ['IdentityUserPool96FE3B9B'],
  'AWS::DynamoDB::Table': [
    'SealedLogSequencerAFB4E400',
    'TablesDirectoryD82D92C0',
    'TablesEntriesB4C203C1',
    'TablesViewsFCBD0850',
  ],
  'AWS::Events::Archive': ['IngestEventsArchive7D41FFEB'],
  'AWS::Events::EventBus': ['IngestEventsBusA554C3EA'],
  'AWS::KMS::Key': [
    'EncryptionArchive7CDB8AE2',
    'EncryptionBackstop5B145E2D',
    'EncryptionLogsD9A88577',
    'EncryptionMessagesA4F560D0',
    'EncryptionTables5C27632C',
    'SealedLogSigningKeyDEF7423B',
  ],
  'AWS::Logs::LogGroup': [
    'DashboardDeploymentLogs2BD41DC2',
    'IdentityAddTokenClaimsLogsCBEC257C',
    'IngestRecorderLogs55515F78',
    'LogArchiveArchiverLogs01A2D805',
    'LogWitnessesRequesterLogs87EB08A6',
    'QueryApiAccessLog0CC392A9',
    'QueryApiExportEntriesLogs261D25C3',
    'QueryApiGetEntryLogs5F616954',
    'QueryApiGetHistoryLogs46C3DCF8',
    'QueryApiGetLogLogs1E636BDA',
    'QueryApiGetOpenApiLogsA2515AE7',
    'QueryApiGetProofLogs1EDAA1C0',
    'QueryApiListDirectoryLogs9BF1680C',
    'QueryApiListEntriesLogs647FE5BB',
    'QueryApiSavedViewsLogs709E0BCF',
    'QueryApiSummarizeLogsC5596B78',
    'SealedLogSealerLogs20535507',
  ],
  'AWS::S3::Bucket': ['DashboardFilesBucketDD0AAE60', 'OverflowBucket8A14BF62', 'SealedLogBucket52E06210'],
  'AWS::SQS::Queue': [
    'IngestQueuesDeadLetters8469DD87',
    'IngestQueuesIngest58897A8F',
    'IngestQueuesRejected59985F85',
    'IngestQueuesUndeliveredCCB12B4E',
  ],
};

/** Types that hold no data. CloudFormation can replace them safely. */
const stateless = [
  'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Authorizer',
  'AWS::ApiGatewayV2::Integration',
  'AWS::ApiGatewayV2::Route',
  'AWS::ApiGatewayV2::Stage',
  'AWS::CloudFront::CachePolicy',
  'AWS::CloudFront::Distribution',
  'AWS::CloudFront::Function',
  'AWS::CloudFront::OriginAccessControl',
  'AWS::CloudFront::ResponseHeadersPolicy',
  'AWS::CloudWatch::Alarm',
  'AWS::CloudWatch::Dashboard',
  'AWS::Cognito::ManagedLoginBranding',
  'AWS::Cognito::UserPoolClient',
  'AWS::Cognito::UserPoolDomain',
  'AWS::Events::EventBusPolicy',
  'AWS::Events::Rule',
  'AWS::IAM::Policy',
  'AWS::IAM::Role',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::Function',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::Permission',
  'AWS::Logs::QueryDefinition',
  'AWS::S3::BucketPolicy',
  'AWS::SNS::Subscription',
  'AWS::SNS::Topic',
  'AWS::SNS::TopicPolicy',
  'AWS::SQS::QueuePolicy',
  'Custom::CDKBucketDeployment',
];

const resources = Object.entries(
  synthesize(everySetting).toJSON().Resources as Record<
    string,
    { Type: string; DeletionPolicy?: string; UpdateReplacePolicy?: string }
  >,
);
const idsOf = (type: string) => resources.filter(([, { Type }]) => Type === type).map(([id]) => id);

describe('resources that hold data', () => {
  it('are distinguished by type from resources without data', () => {
    const types = [...new Set(resources.map(([, { Type }]) => Type))];
    expect(types.filter((type) => pinned[type] === undefined && !stateless.includes(type))).toEqual([]);
  });

  it.each(Object.entries(pinned))('keep their logical ids: %s', (type, ids) => {
    expect(idsOf(type).sort()).toEqual([...ids].sort());
  });

  it('are retained when the stack is deleted', () => {
    const kept = resources.filter(
      ([, { Type }]) => pinned[Type] !== undefined && !replaceable.includes(Type),
    );
    expect(kept.length).toBeGreaterThan(10);
    for (const [id, { DeletionPolicy, UpdateReplacePolicy }] of kept) {
      expect([id, DeletionPolicy, UpdateReplacePolicy]).toEqual([id, 'Retain', 'Retain']);
    }
  });

  it('are all protected from replacement by the stack policy', () => {
    const denial = stackPolicy.Statement.find(({ Effect }) => Effect === 'Deny');
    expect(denial?.Action).toEqual(['Update:Replace', 'Update:Delete']);
    expect(denial?.Condition?.StringEquals.ResourceType).toEqual(Object.keys(pinned).sort());
  });

  it('can be removed, but not replaced, when the runbook rolls back to a previous version', () => {
    const read = (name: string) => readFileSync(join(import.meta.dirname, '..', '..', 'docs', name), 'utf8');
    const [, removed = ''] = /^ *sed 's\/(.+)\/\/' docs\/stack-policy.json/m.exec(read('operating.md')) ?? [];
    const relaxed = JSON.parse(read('stack-policy.json').replace(removed, ''));
    expect(relaxed.Statement).toEqual(
      stackPolicy.Statement.map((statement) =>
        statement.Effect === 'Deny' ? { ...statement, Action: ['Update:Replace'] } : statement,
      ),
    );
  });
});

describe('the stack', () => {
  it('is protected from deletion while it retains its data', () => {
    expect(makeApp(issuerSettings).stack.terminationProtection).toBe(true);
    expect(makeApp({ ...issuerSettings, removalPolicy: 'destroy' }).stack.terminationProtection).toBe(false);
  });
});

/** The bus stores nothing, but producers use its name. Its archive is deleted with it. */
const replaceable = ['AWS::Events::EventBus', 'AWS::Events::Archive'];
