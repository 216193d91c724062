import { describe, expect, it } from 'vitest';
import { detailTypes } from '../../../core/contract/vocabulary.ts';
import { redactionVersion } from '../../../core/redaction/engine/rule-version.ts';
import { compilePattern } from '../../../local/event-bus/pattern.ts';
import { arnOf, findId, issuerSettings, propertiesOf, synthesize } from '../synthesize.ts';

const template = synthesize();
const rules = { 'mayaops.services': 'EventsServices', 'mayaops.resources': 'EventsResources' };
const allRules = [...Object.values(rules), 'EventsOthers'];

describe('Bus', () => {
  it('has the name that producers use', () => {
    template.hasResourceProperties('AWS::Events::EventBus', { Name: 'request-logs-test' });
  });

  it.each<[source: unknown, name: string]>([
    ...Object.entries(rules),
    [{ 'anything-but': Object.keys(rules) }, 'EventsOthers'],
  ])('routes every event of source %j to the ingest queue, whatever its type', (source, name) => {
    const rule = propertiesOf(template, 'AWS::Events::Rule', name);
    expect(rule.EventPattern).toEqual({ source: [source] });
    expect(rule).toMatchObject({
      EventBusName: { Ref: findId(template, 'AWS::Events::EventBus', '') },
      State: 'ENABLED',
      Targets: [
        {
          Arn: arnOf(template, 'AWS::SQS::Queue', 'QueuesIngest'),
          DeadLetterConfig: { Arn: arnOf(template, 'AWS::SQS::Queue', 'QueuesUndelivered') },
        },
      ],
    });
  });

  it('has a rule for every source of the contract', () => {
    const sources = new Set(Object.values(detailTypes).map(({ source }) => source));
    expect(sources).toEqual(new Set(Object.keys(rules)));
    const onBus = { EventBusName: { Ref: findId(template, 'AWS::Events::EventBus', '') } };
    template.resourcePropertiesCountIs('AWS::Events::Rule', onBus, allRules.length);
  });

  it.each(['QueuesIngest', 'QueuesUndelivered'])('allows only its own rules to send to %s', (name) => {
    const policy = propertiesOf(template, 'AWS::SQS::QueuePolicy', name);
    const statements = (policy.PolicyDocument as { Statement: { Effect: string }[] }).Statement;
    expect(statements.filter(({ Effect }) => Effect === 'Allow')).toEqual(
      allRules.map((rule) => ({
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: arnOf(template, 'AWS::SQS::Queue', name),
        Condition: { ArnEquals: { 'aws:SourceArn': arnOf(template, 'AWS::Events::Rule', rule) } },
      })),
    );
  });

  it("archives only events with a released redaction version, encrypted with the archive's own key", () => {
    template.hasResourceProperties('AWS::Events::Archive', {
      SourceArn: arnOf(template, 'AWS::Events::EventBus', ''),
      EventPattern: {
        source: ['mayaops.services', 'mayaops.resources'],
        detail: { redaction: { version: [...Array(redactionVersion).keys()].map((index) => index + 1) } },
      },
      RetentionDays: 90,
      KmsKeyIdentifier: arnOf(template, 'AWS::KMS::Key', 'EncryptionArchive'),
    });
  });

  it.each([
    [redactionVersion, true],
    [1, true],
    [9999, false],
    [0, false],
    [undefined, false],
  ])('archives an event that claims redaction version %j: %j', (version, isArchived) => {
    const { EventPattern } = propertiesOf(template, 'AWS::Events::Archive', '');
    const redaction = version === undefined ? {} : { redaction: { version } };
    const event = { source: 'mayaops.services', detail: { ...redaction } };
    expect(compilePattern(EventPattern as Record<string, unknown>)(event)).toBe(isArchived);
  });

  it('allows EventBridge to use the key of the archive for this bus', () => {
    const key = propertiesOf(template, 'AWS::KMS::Key', 'EncryptionArchive');
    expect(key).toMatchObject({
      KeyPolicy: {
        Statement: expect.arrayContaining([
          expect.objectContaining({
            Principal: { Service: 'events.amazonaws.com' },
            Action: ['kms:Decrypt', 'kms:GenerateDataKey', 'kms:ReEncrypt*'],
            Condition: {
              StringEquals: {
                'kms:EncryptionContext:aws:events:event-bus:arn': arnOf(
                  template,
                  'AWS::Events::EventBus',
                  '',
                ),
              },
            },
          }),
          expect.objectContaining({
            Principal: { Service: 'events.amazonaws.com' },
            Action: 'kms:DescribeKey',
          }),
        ]),
      },
    });
  });

  it('has no policy when only the own account produces', () => {
    template.resourceCountIs('AWS::Events::EventBusPolicy', 0);
  });
});

const ofContract = {
  'ForAllValues:StringEquals': { 'events:source': ['mayaops.services', 'mayaops.resources'] },
  Null: { 'events:source': 'false' },
};

describe('Bus policy', () => {
  it("allows other producer accounts to put events of the contract's sources", () => {
    const producers = [
      { account: 'self', organizations: '*' },
      { account: '111122223333', organizations: ['globex'] },
      { account: '111122223333', organizations: ['initech'] },
    ];
    const shared = synthesize({ ...issuerSettings, producers });
    shared.resourceCountIs('AWS::Events::EventBusPolicy', 1);
    shared.hasResourceProperties('AWS::Events::EventBusPolicy', {
      EventBusName: { Ref: findId(shared, 'AWS::Events::EventBus', '') },
      Statement: {
        Effect: 'Allow',
        Principal: {
          AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::111122223333:root']] },
        },
        Action: 'events:PutEvents',
        Resource: arnOf(shared, 'AWS::Events::EventBus', ''),
        Condition: ofContract,
      },
    });
  });

  it('allows only the accounts of an AWS organization to put events', () => {
    const shared = synthesize({ ...issuerSettings, producerOrganizationId: 'o-a1b2c3d4e5' });
    shared.resourceCountIs('AWS::Events::EventBusPolicy', 1);
    shared.hasResourceProperties('AWS::Events::EventBusPolicy', {
      Statement: {
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 'events:PutEvents',
        Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' }, ...ofContract },
      },
    });
  });
});
