// `npm run bench:redaction -- [--baseline REF] [--shape TEXT] [--runs N]`: the CPU time of redaction for the worst events of
// 1 MiB and the median for ordinary events. Times depend on the machine and its load; ratios are within one run.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import type { EventDetail } from '../core/contract/event.ts';
import { checkOut, root } from './check-out.ts';
import { measureCpuSeconds } from './cpu-time.ts';
import { generateSeedEvents } from './seed-events.ts';
import { quantile } from './statistics.ts';
import { worstEventOf, worstStates } from './worst-events.ts';

const { values } = parseArgs({
  options: {
    baseline: { type: 'string' },
    shape: { type: 'string', default: '' },
    runs: { type: 'string', default: '3' },
  },
});

/** As many of the worst shapes are also measured in new processes. */
const measuredFirst = 12;
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
  return Math.min(...Array.from({ length: runs }, () => measureCpuSeconds(action)));
}

/** The least CPU time of the first redaction in a new process. */
function cpuSecondsOfFirst(shape: string, runs: number): number {
  const file = join(import.meta.dirname, 'redact-once.ts');
  const times = Array.from({ length: runs }, () => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [file, shape], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`${file} failed: ${stderr}`);
    return Number(stdout);
  });
  return Math.min(...times);
}

/** Prints the shapes that cost most, and returns the worst times in seconds. */
function reportWorst(redactDetail: RedactDetail): { later: number; first: number } {
  const runs = Number(values.runs);
  const shapes = Object.keys(worstStates).filter((name) => name.includes(values.shape));
  const rows = shapes.map((name) => {
    const detail = worstEventOf(name);
    return { name, later: cpuSeconds(() => redactDetail(detail), runs) };
  });
  rows.sort((one, other) => other.later - one.later);
  console.log(
    '| event of 1 MiB | first in a new process, CPU seconds | later, CPU seconds |\n| --- | --- | --- |',
  );
  const worst = { later: rows[0]?.later ?? 0, first: 0 };
  for (const [index, { name, later }] of rows.entries()) {
    const first = index < measuredFirst ? cpuSecondsOfFirst(name, runs) : undefined;
    worst.first = Math.max(worst.first, first ?? 0);
    console.log(`| ${name} | ${first?.toFixed(2) ?? '–'} | ${later.toFixed(2)} |`);
  }
  return worst;
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
console.log(
  `\nworst: ${worst.later.toFixed(2)} s, first in a new process ${worst.first.toFixed(2)} s (goal: ${goalSeconds} s)`,
);
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
