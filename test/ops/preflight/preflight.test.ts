import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RateScenario, simulateRate } from '../../../bench/rate-model.ts';
import { defaultShares, planCapacity } from '../../../core/deployment/capacity-plan.ts';
import { indexKeys, indexShardsSchema, maxShards } from '../../../core/storage/shards.ts';
import { settingsSchema } from '../../../lib/settings/settings.ts';
import { toSettings } from '../../../ops/preflight/report.ts';

const oneShard = { time: 1, user: 1, action: 1, accountRegion: 1, resourceName: 1, finding: 1 };

/** A ramp of ten minutes to the rate, then ten minutes at it. */
function simulate(ratePerSecond: number, changes: Partial<RateScenario> = {}) {
  const load = { ratePerSecond, busiestShares: defaultShares };
  const settings = planCapacity(load);
  const warmWritesPerSecond = settings.needsWarmThroughput ? settings.writesPerSecond : 0;
  return simulateRate({
    load,
    settings,
    warmWritesPerSecond,
    rampSeconds: 600,
    steadySeconds: 600,
    ...changes,
  });
}

describe('planCapacity', () => {
  it('keeps the defaults for small rates', () => {
    const plan = planCapacity({ ratePerSecond: 100, busiestShares: defaultShares });
    expect(plan).toMatchObject({ shards: oneShard, recorderConcurrency: 10, needsWarmThroughput: false });
  });

  it('reports what no setting can fix', () => {
    const { shards, problems } = planCapacity({ ratePerSecond: 100_000, busiestShares: defaultShares });
    expect(shards.time).toBe(maxShards);
    expect(problems.join()).toContain('time needs 143 shards, and at most 64 are allowed');
  });

  it('plans settings that the configuration accepts, for any load', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const shares = fc.record({
      time: share,
      user: share,
      action: share,
      accountRegion: share,
      resourceName: share,
      finding: share,
    });
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000 }), shares, (ratePerSecond, busiestShares) => {
        const settings = toSettings(planCapacity({ ratePerSecond, busiestShares }), '2027-01-01');
        const given = { stage: 'dev', identity: { cognito: {} }, ...settings };
        expect(settingsSchema.safeParse(given).success).toBe(true);
        expect(indexShardsSchema.safeParse(settings.indexShards ?? {}).success).toBe(true);
      }),
    );
  });
});

describe('the settings of a plan, simulated', () => {
  it.each([500, 1000, 3000, 10_000, 40_000])(
    'record %i events a second in one organization, all denied, without dead letters and within 30 seconds',
    (rate) => {
      const { deadLetters, throttled, p99Seconds } = simulate(rate);
      expect({ deadLetters, throttled }).toEqual({ deadLetters: 0, throttled: 0 });
      expect(p99Seconds).toBeLessThanOrEqual(30);
    },
  );

  it('are each needed at 10,000 events a second', () => {
    const plan = planCapacity({ ratePerSecond: 10_000, busiestShares: defaultShares });
    const isEnough = (changes: Partial<RateScenario>) => {
      const { deadLetters, throttled, p99Seconds } = simulate(10_000, changes);
      return deadLetters === 0 && throttled === 0 && p99Seconds <= 30;
    };
    expect(isEnough({ settings: { ...plan, recorderConcurrency: 10 } })).toBe(false);
    for (const index of ['time', 'action', 'accountRegion', 'finding'] as const) {
      expect(isEnough({ settings: { ...plan, shards: { ...plan.shards, [index]: 1 } } }), index).toBe(false);
    }
    expect(isEnough({ warmWritesPerSecond: 0, rampSeconds: 1 })).toBe(false);
  });

  it('lose events to the dead-letter queue without them', () => {
    const { deadLetters } = simulate(10_000, { settings: { shards: oneShard, recorderConcurrency: 100 } });
    expect(deadLetters).toBeGreaterThan(0);
  });
});

describe('shards that grow by themselves, simulated', () => {
  const withoutShards = (rate: number) => ({
    settings: { ...planCapacity({ ratePerSecond: rate, busiestShares: defaultShares }), shards: oneShard },
    grows: true,
  });

  it('follow a ramp of ten minutes to 3,000 events a second within 30 seconds', () => {
    const { deadLetters, p99Seconds, shards } = simulate(3000, withoutShards(3000));
    expect(deadLetters).toBe(0);
    expect(p99Seconds).toBeLessThanOrEqual(30);
    expect(shards).toMatchObject({ time: 16, user: 1, accountRegion: 4 });
  });

  it('record a ramp to 10,000 events a second late, but without dead letters', () => {
    const { deadLetters, p99Seconds } = simulate(10_000, withoutShards(10_000));
    expect(deadLetters).toBe(0);
    expect(p99Seconds).toBeLessThan(900);
  });

  it('do not speed up a backlog of a time before them', () => {
    const backlog = { events: 1_000_000, ageSeconds: 3600 };
    const changes = { rampSeconds: 1, steadySeconds: 1, backlog, grows: true };
    const drainWith = (shards: number) => {
      const all = Object.fromEntries(indexKeys.map((index) => [index, shards])) as typeof oneShard;
      return simulate(0, { ...changes, settings: { shards: all, recorderConcurrency: 10 } });
    };
    const { drainSeconds, deadLetters, shards } = drainWith(1);
    expect({ deadLetters, shards }).toEqual({ deadLetters: 0, shards: oneShard });
    // Each partition takes 1,000 writes a second, and redeliveries wait.
    expect(drainSeconds).toBeGreaterThanOrEqual(1000);
    expect(drainSeconds).toBeLessThan(1500);
    expect(drainWith(4).drainSeconds).toBeLessThan(600);
  });
});

describe('npm run preflight', () => {
  const script = join(import.meta.dirname, '..', '..', '..', 'ops', 'preflight', 'preflight.ts');
  const run = (...args: string[]) => spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });

  it('prints settings, commands, and quotas', () => {
    const output = execFileSync(process.execPath, [script, '--rate', '10000', '--share', 'user=0.2'], {
      encoding: 'utf8',
    });
    expect(output).toContain('"recorderConcurrency": 79');
    expect(output).toMatch(/"warmThroughput": \{\s*"writesPerSecond": 10000\s*\}/);
    expect(output).toContain('at least 1,000 PutEvents requests per second');
    expect(output).toMatch(/"user": \[\s*\{\s*"from": "\d{4}-\d\d-\d\d",\s*"shards": 3/);
  });

  it('exits with 1 if no settings are enough, and with 2 for a usage error', () => {
    expect(run('--rate', '90000').status).toBe(1);
    expect(run('--rate', '0')).toMatchObject({ status: 2, stdout: '' });
    expect(run('--rate', '10', '--share', 'color=1').stderr).toContain('--share must be INDEX=S');
    expect(run('--help').stdout).toContain('Usage: npm run preflight');
  });
});
