import { describe, expect, it } from 'vitest';
import { costOfOpenPages, costsOfMonth } from '../../docs/costs/compute.ts';
import { alarmCount, assumptions, measured, volumes } from '../../docs/costs/inputs.ts';
import { weighEvent } from '../../docs/costs/measure.ts';
import { synthesize } from '../lib/synthesize.ts';

const template = synthesize();
const weight = weighEvent();
const total = (events: number, tableClass?: 'STANDARD_INFREQUENT_ACCESS') =>
  costsOfMonth(events, weight, tableClass).reduce((sum, { dollars }) => sum + dollars, 0);

describe('the costs', () => {
  it('count the alarms and keys of the stack', () => {
    template.resourceCountIs('AWS::CloudWatch::Alarm', alarmCount);
    template.resourceCountIs('AWS::KMS::Key', assumptions.kmsKeys);
  });

  it('use the batch size, batching window, and memory of the stack', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: assumptions.batchSize,
      MaximumBatchingWindowInSeconds: assumptions.batchingWindowSeconds,
    });
    template.hasResourceProperties('AWS::Lambda::Function', { MemorySize: assumptions.recorderMebibytes });
  });

  it('count one write unit for each index and little more for the base item', () => {
    expect(weight.writeUnits).toBeGreaterThanOrEqual(6);
    expect(weight.writeUnits).toBeLessThanOrEqual(6.4);
  });

  it('are lower with infrequent access when a year of many entries is stored', () => {
    const saved = total(100_000_000) - total(100_000_000, 'STANDARD_INFREQUENT_ACCESS');
    expect(saved).toBeGreaterThan(300);
    expect(saved).toBeLessThan(400);
  });

  it('are at most 25 dollars for 20 people who leave the page open', () => {
    const dollars = costOfOpenPages(20, measured.openPageMinute);
    expect(dollars).toBeLessThanOrEqual(25);
    expect(dollars).toBeCloseTo(20 * costOfOpenPages(1, measured.openPageMinute));
    // What earlier versions needed: every poll read 15 minutes again, without compression.
    const before = { requests: 66, readUnits: 622, answerBytes: 11_800_000 };
    expect(costOfOpenPages(20, before)).toBeGreaterThan(300);
  });

  it('grow with the number of events, but more slowly', () => {
    const [few = 0, some = 0, many = 0] = volumes.map((events) => total(events));
    expect(few).toBeLessThan(some);
    expect(some).toBeLessThan(many);
    expect(many / 100).toBeLessThan(some);
    expect(some / 100).toBeLessThan(few);
  });
});
