import { describe, expect, it } from 'vitest';
import { defaultRoleMap } from '../../../core/access/role-map.ts';
import { arnOf, asList, findFunction, findId, issuerSettings, synthesize } from '../synthesize.ts';

const template = synthesize();
const recorder = findFunction(template, 'record');
const queueArn = (name: string) => arnOf(template, 'AWS::SQS::Queue', `Queues${name}`);
const queueUrl = (name: string) => ({ Ref: findId(template, 'AWS::SQS::Queue', `Queues${name}`) });

describe('Ingest', () => {
  it('sends batches to the recorder and returns only failed messages', () => {
    template.resourceCountIs('AWS::Lambda::EventSourceMapping', 1);
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: queueArn('Ingest'),
      FunctionName: { Ref: recorder.logicalId },
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 1,
      ScalingConfig: { MaximumConcurrency: 10 },
    });
  });

  it('gives the recorder a full vCPU', () => {
    expect(recorder.properties.MemorySize).toBe(1_769);
  });

  it('limits the concurrency as configured', () => {
    synthesize({ ...issuerSettings, recorderConcurrency: 3 }).hasResourceProperties(
      'AWS::Lambda::EventSourceMapping',
      { ScalingConfig: { MaximumConcurrency: 3 } },
    );
  });

  it('creates the mapping after the role has the permission to receive', () => {
    const mapping = Object.values(template.findResources('AWS::Lambda::EventSourceMapping'))[0];
    expect(mapping?.DependsOn).toContainEqual(expect.stringMatching(/^IngestRecorderRoleDefaultPolicy/));
  });

  it('sets exactly the environment variables that the recorder reads', () => {
    expect(recorder.environment).toEqual({
      POWERTOOLS_SERVICE_NAME: 'record',
      POWERTOOLS_METRICS_NAMESPACE: 'RequestLogs/test',
      TABLE_NAME: { Ref: findId(template, 'AWS::DynamoDB::Table', 'Entries') },
      DIRECTORY_TABLE_NAME: { Ref: findId(template, 'AWS::DynamoDB::Table', 'Directory') },
      OVERFLOW_BUCKET_NAME: { Ref: findId(template, 'AWS::S3::Bucket', 'Overflow') },
      INGEST_QUEUE_URL: queueUrl('Ingest'),
      REJECTED_QUEUE_URL: queueUrl('Rejected'),
      DEAD_LETTER_QUEUE_URL: queueUrl('DeadLetters'),
      ROLE_MAP: JSON.stringify(defaultRoleMap),
      PRODUCERS: {
        'Fn::Join': ['', ['[{"account":"', { Ref: 'AWS::AccountId' }, '","organizations":"*"}]']],
      },
      INDEX_SHARDS: '{}',
      SHARD_WRITES_PER_SECOND: '500',
      RECORDER_CONCURRENCY: '10',
    });
  });

  it('passes the retention to the recorder when there is one', () => {
    const { environment } = findFunction(synthesize({ ...issuerSettings, retentionDays: 400 }), 'record');
    expect(environment).toMatchObject({ RETENTION_DAYS: '400' });
  });

  it('allows the recorder to send to the rejected and dead-letter queues, and to receive from the ingest queue', () => {
    const onQueues = recorder.permissions.filter(({ action }) => action.startsWith('sqs:'));
    expect(onQueues.map(({ action, resource }) => ({ action, resource }))).toEqual(
      expect.arrayContaining([
        { action: 'sqs:SendMessage', resource: queueArn('Rejected') },
        { action: 'sqs:SendMessage', resource: queueArn('DeadLetters') },
        { action: 'sqs:ReceiveMessage', resource: queueArn('Ingest') },
        { action: 'sqs:DeleteMessage', resource: queueArn('Ingest') },
        { action: 'sqs:GetQueueAttributes', resource: queueArn('Ingest') },
        { action: 'sqs:ChangeMessageVisibility', resource: queueArn('Ingest') },
      ]),
    );
    expect(onQueues).toHaveLength(6);
  });

  it('allows the recorder to encrypt and decrypt messages', () => {
    const key = arnOf(template, 'AWS::KMS::Key', 'EncryptionMessages');
    const actions = recorder.permissions
      .filter(({ resource }) => JSON.stringify(resource) === JSON.stringify(key))
      .map(({ action }) => action);
    expect(new Set(actions)).toEqual(new Set(['kms:Decrypt', 'kms:GenerateDataKey']));
  });
});

describe('every role', () => {
  it('has no wildcard except for objects of a bucket and restored tables, and no managed policy; tracing and listing queues support no resource', () => {
    const statements = Object.values(template.findResources('AWS::IAM::Policy')).flatMap(
      (policy) => policy.Properties.PolicyDocument.Statement,
    );
    expect(statements.length).toBeGreaterThan(0);
    const tracing = ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'];
    for (const statement of statements) {
      expect(JSON.stringify(asList(statement.Action))).not.toContain('*');
      if (JSON.stringify(statement.Action) === JSON.stringify(tracing)) continue;
      if (statement.Action === 'sqs:ListQueues') continue;
      const resources = JSON.stringify(asList(statement.Resource));
      expect(
        resources
          .replace(
            /\["",\[\{"Fn::GetAtt":\["(Overflow|SealedLog)Bucket[0-9A-F]{8}","Arn"\]\},"(\/\w+)*\/\*"\]\]/g,
            '',
          )
          .replace(/:table\/RequestLogs-test-\*/, ''),
      ).not.toContain('*');
    }
    for (const role of Object.values(template.findResources('AWS::IAM::Role'))) {
      expect(role.Properties).not.toHaveProperty('ManagedPolicyArns');
    }
  });
});
