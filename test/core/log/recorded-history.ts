// Random histories of a reader that follows the log of an organization: backdated entries, records that come twice, shard
// splits, and sealers that are killed. Deterministic for a seed.
import type { LogEntry } from '../../../core/entry/entry.ts';
import type { LogObjects } from '../../../core/log/ports.ts';
import { searchRecorded } from '../../../core/log/search-recorded.ts';
import { parseQuery } from '../../../core/query/query.ts';
import { makeEntry } from '../../support/entries.ts';
import { makeCaller, now } from '../../support/fixtures.ts';
import { RecordedLog, type Sabotage } from './recorded-log.ts';
import { randomOf } from './sealing-history.ts';

class Killed extends Error {}

/** A port that fails after some calls, as when the function is killed. */
const killAfter =
  (calls: number): Sabotage =>
  (ports) => {
    let left = calls;
    const guard = (objects: LogObjects) =>
      new Proxy(objects, {
        get: (target, name) => {
          const member = Reflect.get(target, name);
          if (typeof member !== 'function') return member;
          return (...parameters: unknown[]) => {
            left--;
            if (left < 0) throw new Killed();
            return Reflect.apply(member, target, parameters);
          };
        },
      });
    return { ...ports, objects: guard(ports.objects) };
  };

/** Runs a history, reads the log with one cursor meanwhile, and returns what is wrong with what the reader saw. */
export async function runRecordedHistory(seed: number): Promise<string[]> {
  const random = randomOf(seed);
  const log = new RecordedLog();
  const recorded: LogEntry[] = [];
  const seen: string[] = [];
  const problems: string[] = [];
  let cursor: string | undefined;
  const read = async () => {
    const query = { ...parseQuery(`order=recorded&limit=${1 + random(30)}`), cursor };
    const page = await searchRecorded(query, makeCaller(), log.ports);
    if (page.removed !== undefined) problems.push(`${page.removed} entries are reported as removed`);
    for (const { id, sealed } of page.items) {
      if (sealed?.index !== seen.length) problems.push(`${id} is at ${sealed?.index}, not ${seen.length}`);
      seen.push(id);
    }
    cursor = page.resumeCursor;
    return page;
  };
  for (let step = 0; step < 12; step++) {
    const occurredAtMillis = now - random(3) * 86_400_000 - random(1000);
    const entries = Array.from({ length: random(25) }, (_, number) =>
      makeEntry({ eventId: `${step}-${number}`, occurredAtMillis, recordedAtMillis: now + step * 1000 }),
    );
    await log.record(entries);
    recorded.push(...entries);
    const again = recorded[random(recorded.length || 1)];
    if (again !== undefined) log.resend(again);
    if (random(4) === 0) log.table.split(random(4), random(2) === 0 ? 1 : 2);
    await log.seal(killAfter(random(40)), 5 + random(20)).catch(ignoreKill);
    if (random(2) === 0) await read();
  }
  await log.seal();
  while (!(await read()).complete);
  const missing = recorded.filter(({ id }) => !seen.includes(id));
  problems.push(...missing.map(({ id }) => `${id} is missing`));
  if (seen.length !== recorded.length) problems.push(`${seen.length} entries instead of ${recorded.length}`);
  return problems;
}

function ignoreKill(error: unknown): void {
  if (!(error instanceof Killed)) throw error;
}
