// Renders a capacity plan for people: the settings, the commands, and the quotas to check.
import {
  type CapacityPlan,
  type ExpectedLoad,
  newTableWritesPerSecond,
} from '../../core/deployment/capacity-plan.ts';
import { indexKeys } from '../../core/storage/shards.ts';

/** Events in one PutEvents request, at most. */
const eventsPerRequest = 10;

/** Returns the settings of the plan, as in `config/<stage>.json`. Shards count from the day `from`. */
export function toSettings(plan: CapacityPlan, from: string) {
  const { shards, recorderConcurrency, needsWarmThroughput, writesPerSecond } = plan;
  const more = indexKeys.filter((index) => shards[index] > 1);
  return {
    recorderConcurrency,
    ...(more.length > 0 && {
      indexShards: Object.fromEntries(more.map((index) => [index, [{ from, shards: shards[index] }]])),
    }),
    ...(needsWarmThroughput && {
      warmThroughput: { writesPerSecond: Math.max(newTableWritesPerSecond, Math.ceil(writesPerSecond)) },
    }),
  };
}

/** Returns the lines to print. `from` is the first day of the shards, which must be in the future. */
export function describePlan(load: ExpectedLoad, plan: CapacityPlan, from: string): string[] {
  const { ratePerSecond, busiestShares } = load;
  const shares = indexKeys.map((index) => `${index} ${Math.round(busiestShares[index] * 100)} %`).join(', ');
  const writes = Math.ceil(plan.writesPerSecond);
  const timeReads = plan.shards.time / 2;
  return [
    `For ${ratePerSecond.toLocaleString('en-US')} events per second, with these shares of the busiest value of each index: ${shares}.`,
    '',
    'Settings. Deploy them before the date, and never change a step whose date has passed:',
    JSON.stringify(toSettings(plan, from), null, 2),
    '',
    ...(plan.needsWarmThroughput
      ? [
          'Warm throughput. A new table takes 4,000 writes per second, and an on-demand table throttles above twice its peak of',
          'the last 30 minutes. AWS charges once for each increase of the setting, and does not allow a decrease.',
          '',
        ]
      : ['Warm throughput: not needed. A new table takes 4,000 writes per second.', '']),
    'Account quotas. Compare them in Service Quotas:',
    `- Lambda: at least ${plan.recorderConcurrency} concurrent executions for the recorder, in addition to those of the API.`,
    `- EventBridge: at least ${Math.ceil(ratePerSecond / eventsPerRequest).toLocaleString('en-US')} PutEvents requests per second, if each has ${eventsPerRequest} events, and ${Math.ceil(ratePerSecond).toLocaleString('en-US')} invocations per second.`,
    `- DynamoDB: at least ${writes.toLocaleString('en-US')} write units per second for the table and for each index.`,
    '',
    `Reads: a page without filters reads at least ${timeReads} read units, half a unit for each shard of its index.`,
    ...plan.problems.map((problem) => `Not possible: ${problem}.`),
  ];
}
