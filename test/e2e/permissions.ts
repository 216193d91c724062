// Tests that the local stack fails when the template lacks a permission.
import { afterEach, describe, expect, it } from 'vitest';
import { goodSampleNames, readSample, sampleFile } from '../support/fixtures.ts';
import { Harness, type HarnessOptions, type Template } from './harness.ts';

/** Removes an action from every policy statement of the template. */
function withoutAction(action: string) {
  return ({ Resources }: Template) => {
    let taken = 0;
    for (const { Type, Properties } of Object.values(Resources)) {
      if (Type !== 'AWS::IAM::Policy') continue;
      for (const statement of Properties.PolicyDocument.Statement) {
        const actions: string[] = [statement.Action].flat();
        if (!actions.includes(action)) continue;
        const rest = actions.filter((one) => one !== action);
        statement.Action = rest.length > 0 ? rest : 'sts:GetCallerIdentity';
        if (rest.length === 0) statement.Resource = '*';
        taken++;
      }
    }
    if (taken === 0) throw new Error(`no policy allows ${action}`);
  };
}

function sqsEvent(name: string): object {
  const body = JSON.stringify(readSample(name));
  return {
    Records: [
      {
        messageId: 'm-1',
        receiptHandle: 'r',
        body,
        attributes: {},
        messageAttributes: {},
        eventSource: 'aws:sqs',
        eventSourceARN: 'arn:aws:sqs:eu-west-1:210987654321:q',
        awsRegion: 'eu-west-1',
        md5OfBody: '',
      },
    ],
  };
}

export function describePermissions(name: string, options: HarnessOptions = {}): void {
  describe(`${name}: permissions`, () => {
    let harness: Harness;
    afterEach(() => harness.stop());

    it.each(['dynamodb:PartiQLInsert', 'dynamodb:PutItem', 'kms:Decrypt'])(
      'fails to record without %s',
      async (action) => {
        harness = await Harness.start({ ...options, alter: withoutAction(action) });
        const result = await harness.stack.invoke(harness.functionName('record'), sqsEvent('01'));
        expect(JSON.stringify(result)).toContain('m-1');
        expect(harness.logs()).toContain('AccessDenied');
        expect(await harness.items()).toEqual(
          expect.not.arrayContaining([expect.objectContaining({ id: expect.anything() })]),
        );
      },
    );

    it('fails to reject without sqs:SendMessage, and keeps the message', async () => {
      harness = await Harness.start({ ...options, alter: withoutAction('sqs:SendMessage') });
      const result = await harness.stack.invoke(
        harness.functionName('record'),
        sqsEvent('bad-unknown-region'),
      );
      expect(JSON.stringify(result)).toContain('m-1');
      expect(harness.logs()).toContain('AccessDenied');
    });

    it('fails to list without dynamodb:Query, and reveals nothing about the store', async () => {
      harness = await Harness.start({ ...options, alter: withoutAction('dynamodb:Query') });
      const { status, body } = await harness.get('/request-logs');
      expect(status).toBe(500);
      expect(body).toMatchObject({ code: 'INTERNAL_ERROR', title: 'Internal error' });
      expect(JSON.stringify(body)).not.toMatch(/AccessDenied|dynamodb/i);
      expect(harness.logs()).toContain('AccessDenied');
    });

    it('responds without xray:PutTraceSegments, without traces', async () => {
      harness = await Harness.start({ ...options, alter: withoutAction('xray:PutTraceSegments') });
      const { status } = await harness.get('/request-logs');
      expect(status).toBe(200);
      expect(harness.traces()).toEqual([]);
    });

    it('keeps its data after a restart', async () => {
      harness = await Harness.start(options);
      await harness.emit(goodSampleNames.map(sampleFile));
      const before = await harness.ids('');
      const token = await harness.stack.token('admin');
      const { dataDir } = harness.stack;
      if (options.dynamodbEndpoint !== undefined) return;
      await harness.stop({ keepData: true });
      harness = await Harness.start({ ...options, dataDir });
      expect(await harness.ids('')).toEqual(before);
      expect(token).toBeDefined();
    });
  });
}
