// Runs the scheduled rules of the template: invokes their functions at a fixed rate with the permission of EventBridge.
// Unlike on AWS, the first invocation is at the start, and a failed invocation is not retried.
import { randomUUID } from 'node:crypto';
import { ruleKind } from '../cloudformation/kinds/events.ts';
import type { Stack } from '../cloudformation/stack.ts';
import type { FunctionPool } from '../functions/pool.ts';
import type { AccessCheck } from '../iam/access-check.ts';
import { servicePrincipal } from '../iam/principals.ts';
import { LocalStackError } from '../shared/errors.ts';

export interface ScheduleParts {
  readonly stack: Stack;
  readonly accessCheck: AccessCheck;
  readonly pools: readonly FunctionPool[];
  readonly report: (line: string) => void;
}

interface ScheduledCall {
  readonly ruleArn: string;
  readonly rateMillis: number;
  readonly pool: FunctionPool;
  /** The event, JSON. Without it, the function receives a scheduled event. */
  readonly input: string | undefined;
}

export interface Schedules {
  /** The functions that rules invoke on a schedule. */
  readonly pools: ReadonlySet<FunctionPool>;
  start(): void;
  stop(): void;
}

const unitMillis: Readonly<Record<string, number>> = { minute: 60_000, hour: 3_600_000, day: 86_400_000 };

/** Fails with LocalStackError for an unsupported schedule or target. */
export function createSchedules(parts: ScheduleParts): Schedules {
  const calls = parts.stack
    .resources(ruleKind)
    .filter(({ properties }) => properties.State !== 'DISABLED')
    .flatMap(({ logicalId, attributes, properties }) => {
      const { ScheduleExpression: schedule, Targets = [] } = properties;
      if (schedule === undefined) return [];
      const rateMillis = parseRate(logicalId, schedule);
      return Targets.map(({ Arn, Input }) => ({
        ruleArn: attributes.Arn ?? '',
        rateMillis,
        pool: findPool(parts.pools, logicalId, Arn),
        input: Input,
      }));
    });
  let timers: NodeJS.Timeout[] = [];
  return {
    pools: new Set(calls.map(({ pool }) => pool)),
    start: () => {
      for (const call of calls) {
        void invoke(call, parts);
        timers.push(setInterval(() => void invoke(call, parts), call.rateMillis));
      }
    },
    stop: () => {
      for (const timer of timers) clearInterval(timer);
      timers = [];
    },
  };
}

async function invoke({ ruleArn, pool, input }: ScheduledCall, parts: ScheduleParts): Promise<void> {
  const { stack, accessCheck, report } = parts;
  const denial = await accessCheck.findDenial(
    servicePrincipal('events.amazonaws.com', stack.accountId),
    [{ action: 'lambda:InvokeFunction', resourceArn: pool.lambda.arn }],
    { 'aws:SourceArn': ruleArn, 'aws:SourceAccount': stack.accountId },
  );
  if (denial === undefined) await pool.invoke(input ?? JSON.stringify(scheduledEvent(ruleArn, stack)));
  else report(`${ruleArn} cannot invoke ${pool.lambda.logicalId}: ${denial}`);
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-run-lambda-schedule.html */
function scheduledEvent(ruleArn: string, { accountId, region }: Stack) {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: accountId,
    time: new Date().toISOString().replace(/\.\d+Z$/, 'Z'),
    region,
    resources: [ruleArn],
    detail: {},
  };
}

function parseRate(rule: string, schedule: string): number {
  const [, count, unit = ''] = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(schedule) ?? [];
  const millis = Number(count) * (unitMillis[unit] ?? 0);
  if (millis > 0) return millis;
  throw new LocalStackError(
    `rule ${rule} has the schedule ${schedule}; the local stack supports rate(…) only`,
  );
}

function findPool(pools: readonly FunctionPool[], rule: string, arn: string): FunctionPool {
  const pool = pools.find(({ lambda }) => lambda.arn === arn);
  if (pool !== undefined) return pool;
  throw new LocalStackError(
    `rule ${rule} has the target ${arn}; on a schedule, the local stack supports functions only`,
  );
}
