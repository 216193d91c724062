// Tests a throttled or unavailable store: no event is lost, and callers are told to retry.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goodSampleNames, makeEvent, sampleFile } from '../support/fixtures.ts';
import { type Fault, type FaultyStack, startFaultyStack } from './faulty-stack.ts';
import type { Harness } from './harness.ts';

/** Whether the call writes to the entries table, not the directory. */
function isEntryPut(operation: string, body: string): boolean {
  return operation === 'PutItem' && /"TableName":"[^"]*Entries/.test(body);
}

export function describeFaults(): void {
  describe('a throttled store', () => {
    const fault: { current: Fault } = { current: () => false };
    let faulty: FaultyStack;
    let harness: Harness;

    beforeAll(async () => {
      faulty = await startFaultyStack(fault, ({ Resources }) => {
        // The visibility timeout is six minutes in the stack and five seconds here, longer than the SDK's retries.
        for (const { Type, Properties } of Object.values(Resources)) {
          if (Type === 'AWS::SQS::Queue' && Properties.VisibilityTimeout) {
            Properties.VisibilityTimeout = 30;
            if (Properties.RedrivePolicy) Properties.RedrivePolicy.maxReceiveCount = 2;
          }
          if (Type === 'AWS::Lambda::Function') Properties.Timeout = Math.min(Properties.Timeout, 29);
        }
      });
      harness = faulty.harness;
    });
    afterAll(() => faulty.stop());

    it('returns only the failed messages to the queue and records them when it recovers', async () => {
      let refused = 0;
      fault.current = (operation, body) => {
        const isPicked = isEntryPut(operation, body) && body.includes('u-2077') && refused < 24;
        if (isPicked) refused++;
        return isPicked;
      };
      await harness.emit(goodSampleNames.map(sampleFile));
      fault.current = () => false;
      expect(refused).toBeGreaterThan(0);
      expect(await harness.ids('')).toHaveLength(10);
    });

    it('moves a message that never succeeds to the dead-letter queue', async () => {
      fault.current = isEntryPut;
      await harness.emit([makeEvent({ eventId: 'never' })]);
      fault.current = () => false;
      expect(harness.messages('DeadLetters').map((body) => JSON.parse(body).detail.eventId)).toContain(
        'never',
      );
      expect(await harness.ids('')).toHaveLength(10);
    }, 180_000);

    it('fails with 503 and Retry-After', async () => {
      fault.current = (operation) => operation === 'Query' || operation === 'GetItem';
      for (const path of ['', '/export?format=csv', '/01KA0000000000000000000000']) {
        const { status, body, headers } = await harness.get(`/request-logs${path}`);
        expect([status, body.code]).toEqual([503, 'STORE_UNAVAILABLE']);
        expect(headers.get('retry-after')).toBe('2');
        expect(JSON.stringify(body)).not.toMatch(/injected|Provisioned/);
      }
      fault.current = () => false;
      expect((await harness.get('/request-logs')).status).toBe(200);
    });
  });
}
