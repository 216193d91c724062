// `npm run bench:redaction -- [--baseline REF] [--shape TEXT] [--runs N]`: the CPU time of redaction for the worst events of
// 1 MiB and the median for ordinary events. Times depend on the machine and its load; ratios are within one run.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { EventDetail } from '../core/contract/event.ts';
import { checkOut, root } from './check-out.ts';
import { generateSeedEvents } from './seed-events.ts';
import { quantile } from './statistics.ts';
import { maxEventBytes, worstDetail, worstStates } from './worst-events.ts';

const { values } = parseArgs({
  options: {
    baseline: { type: 'string' },
    shape: { type: 'string', default: '' },
    runs: { type: 'string', default: '3' },
  },
});

/** What an event has besides its state. */
const envelopeBytes = 3 * 1024;
const ordinaryEvents = 2000;
const goalSeconds = 1;

type RedactDetail = (detail: EventDetail) => EventDetail;

async function loadRedactDetail(tree: string): Promise<RedactDetail> {
  const file = pathToFileURL(join(tree, 'core', 'contract', 'redact-detail.ts')).href;
  const module = (await import(file)) as typeof import('../core/contract/redact-detail.ts');
  return (detail) => module.redactDetail(detail);
}

/** The least CPU time of some runs, in seconds: other processes only add to it. */
function cpuSeconds(action: () => unknown, runs: number): number {
  const times = Array.from({ length: runs }, () => {
    const before = process.cpuUsage();
    action();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1e6;
  });
  return Math.min(...times);
}

function reportWorst(redactDetail: RedactDetail): number {
  const sample = join(root, 'test', 'fixtures', 'events', '05-rds-updated.json');
  const { detail: base } = JSON.parse(readFileSync(sample, 'utf8')) as { detail: EventDetail };
  const shapes = Object.entries(worstStates).filter(([name]) => name.includes(values.shape));
  const rows = shapes.map(([name, makeState]) => {
    const detail = worstDetail(base, makeState(maxEventBytes - envelopeBytes));
    return { name, seconds: cpuSeconds(() => redactDetail(detail), Number(values.runs)) };
  });
  rows.sort((one, other) => other.seconds - one.seconds);
  console.log('| event of 1 MiB | CPU seconds |\n| --- | --- |');
  for (const { name, seconds } of rows) console.log(`| ${name} | ${seconds.toFixed(2)} |`);
  return rows[0]?.seconds ?? 0;
}

/** The median CPU time of ordinary events, in milliseconds for each KB; each event by all of the functions in turn. */
function medianMillis(functions: readonly RedactDetail[]): number[] {
  const events = Array.from(
    generateSeedEvents(ordinaryEvents, 1),
    ({ detail }) => detail as unknown as EventDetail,
  );
  const samples = functions.map((): number[] => []);
  const rounds = 7;
  for (let round = 0; round < rounds; round++) {
    for (const [index, redactDetail] of functions.entries()) {
      for (let from = 0; from < events.length; from += 100) {
        const batch = events.slice(from, from + 100);
        const kilobytes = batch.reduce((sum, event) => sum + JSON.stringify(event).length, 0) / 1024;
        const redactBatch = () => {
          for (const event of batch) redactDetail(event);
        };
        const seconds = cpuSeconds(redactBatch, 1);
        if (round > 1) samples[index]?.push((seconds * 1000) / kilobytes);
      }
    }
  }
  return samples.map((times) => quantile(times, 0.5));
}

const current = await loadRedactDetail(root);
const worst = reportWorst(current);
console.log(`\nworst: ${worst.toFixed(2)} s (goal: ${goalSeconds} s)`);
const folder = mkdtempSync(join(tmpdir(), 'request-logs-redaction-'));
try {
  if (values.baseline === undefined) {
    const [median = 0] = medianMillis([current]);
    console.log(`ordinary events, median: ${median.toFixed(3)} ms for each KB`);
  } else {
    const baseline = await loadRedactDetail(checkOut(values.baseline, folder));
    const [now = 0, before = 0] = medianMillis([current, baseline]);
    const ratio = (now / before).toFixed(2);
    console.log(
      `ordinary events, median: ${now.toFixed(3)} ms for each KB; ${values.baseline}: ${before.toFixed(3)}; ratio ${ratio}`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
