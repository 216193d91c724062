import { describe, expect, it } from 'vitest';
import { arnOf, findFunction, propertiesOf, synthesize } from '../synthesize.ts';

const template = synthesize();
const names = ['Ingest', 'DeadLetters', 'Undelivered', 'Rejected'];
const queue = (name: string) => propertiesOf(template, 'AWS::SQS::Queue', `Queues${name}`);

describe('Queues', () => {
  it('moves a message to the dead-letter queue after seven deliveries', () => {
    expect(queue('Ingest').RedrivePolicy).toEqual({
      deadLetterTargetArn: arnOf(template, 'AWS::SQS::Queue', 'QueuesDeadLetters'),
      maxReceiveCount: 7,
    });
  });

  it('hides a received message for six times the recorder timeout plus the batching window', () => {
    const { Timeout } = findFunction(template, 'record').properties;
    expect(Timeout).toBe(60);
    expect(queue('Ingest').VisibilityTimeout).toBe(6 * 60 + 1);
  });

  it.each(names)('keeps messages of up to 1 MiB for 14 days: %s', (name) => {
    expect(queue(name)).toMatchObject({ MaximumMessageSize: 1_048_576, MessageRetentionPeriod: 14 * 86_400 });
  });

  it.each(names)('rejects connections without TLS: %s', (name) => {
    const policy = propertiesOf(template, 'AWS::SQS::QueuePolicy', `Queues${name}Policy`);
    expect(policy).toMatchObject({
      PolicyDocument: {
        Statement: expect.arrayContaining([
          expect.objectContaining({
            Effect: 'Deny',
            Action: 'sqs:*',
            Principal: { AWS: '*' },
            Condition: { Bool: { 'aws:SecureTransport': 'false' } },
          }),
        ]),
      },
    });
  });
});
