// Tests that one busy value gets shards of its own while it is recorded and searched. Waits for the lead of a step.
import { setTimeout } from 'node:timers/promises';
import { unmarshall } from '@aws-sdk/util-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stepLeadMillis } from '../../core/storage/shard-step-cache.ts';
import { makeEvent } from '../support/fixtures.ts';
import { Harness } from './harness.ts';

/** Writes per second at which a value gets more shards in this test: more than 60 in a minute. */
const writesPerSecond = 1;

const eventsBefore = 150;
const eventsAfter = 60;

function makeBusyEvents(count: number, prefix: string): object[] {
  return Array.from({ length: count }, (_, number) =>
    makeEvent({ eventId: `${prefix}-${number}`, occurredAt: new Date().toISOString() }),
  );
}

describe('the growth of shards', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await Harness.start({
      alter: ({ Resources }) => {
        for (const { Type, Properties } of Object.values(Resources)) {
          const variables = Type === 'AWS::Lambda::Function' ? Properties.Environment?.Variables : undefined;
          if (variables?.SHARD_WRITES_PER_SECOND) variables.SHARD_WRITES_PER_SECOND = String(writesPerSecond);
        }
      },
    });
  });
  afterAll(() => harness.stop());

  const itemsWith = async (attribute: string) =>
    (await harness.items())
      .map((item) => unmarshall(item as Parameters<typeof unmarshall>[0]))
      .filter((item) => item[attribute] !== undefined);

  async function expectAllFound(count: number): Promise<void> {
    const [item] = (await harness.get('/request-logs?limit=1')).body.items;
    const { user, accountId, region, action, target } = item;
    const filters = [
      '',
      `user=${user.id}`,
      `action=${action}`,
      `account=${accountId}&region=${region}`,
      `resource=${target.name}`,
    ];
    for (const filter of filters) {
      const ids = await harness.ids(`${filter}&limit=37`);
      expect(new Set(ids).size, filter).toBe(count);
      expect(ids, filter).toEqual(ids.toSorted().reverse());
    }
  }

  it('adds a step for each busy value, and spreads later entries while every search finds all', async () => {
    await harness.emit(makeBusyEvents(eventsBefore, 'before'));
    const steps = (await itemsWith('n')).filter(({ pk }) => pk === 'acme#shardSteps');
    expect(new Set(steps.map(({ i }) => i))).toEqual(
      new Set(['time', 'user', 'action', 'accountRegion', 'resourceName']),
    );
    expect(harness.logs()).toContain('shards added');
    expect(harness.logs()).not.toContain('shard growth failed');
    await expectAllFound(eventsBefore);

    await setTimeout(stepLeadMillis);
    await harness.emit(makeBusyEvents(eventsAfter, 'after'));
    const entries = await itemsWith('t');
    const shardsUsed = new Set(
      entries.filter(({ u }) => u !== undefined).map(({ u }) => String(u).split('#')[2]),
    );
    expect(shardsUsed.size).toBeGreaterThan(1);
    await expectAllFound(eventsBefore + eventsAfter);
  }, 400_000);
});
