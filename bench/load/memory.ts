// Samples the resident memory of the stack's processes from /proc (Linux), and detects growth.
import { readdirSync, readFileSync } from 'node:fs';
import { mean, round } from '../statistics.ts';

export interface MemorySample {
  readonly atMillis: number;
  /** Memory of each process in MiB, grouped by `stack`, `store` or function name. */
  readonly processes: Readonly<Record<string, readonly number[]>>;
}

/** Memory of one process in MiB: the means of the first and last third of the samples, and the linear trend. */
export interface MemoryFigures {
  readonly processes: number;
  readonly firstThird: number;
  readonly lastThird: number;
  readonly growthPerMinute: number;
}

/** The maximum relative growth from the first to the last third. Garbage collection alone causes a few percent. */
const maxGrowth = 0.1;

/** The minimum length of a run for which growth is checked. In shorter runs, heaps are still reaching their size. */
const minCheckedMinutes = 5;

/**
 * Returns the processes whose memory grew by more than 10 % from the first to the last third, if the run is long
 * enough.
 */
export function findGrowing(figures: Readonly<Record<string, MemoryFigures>>, minutes: number): string[] {
  if (minutes < minCheckedMinutes) return [];
  return Object.entries(figures)
    .filter(([, { firstThird, lastThird }]) => lastThird > firstThird * (1 + maxGrowth))
    .map(([name]) => name);
}

/** Samples the process and its descendants. */
export function sampleMemory(stackPid: number, nowMillis: number): MemorySample {
  const processes: Record<string, number[]> = {};
  for (const pid of listDescendants(stackPid)) {
    const bytes = /^VmRSS:\s+(\d+) kB$/m.exec(read(pid, 'status'))?.[1];
    if (bytes === undefined) continue;
    const name = pid === stackPid ? 'stack' : nameOf(pid);
    processes[name] = [...(processes[name] ?? []), Number(bytes) / 1024];
  }
  return { atMillis: nowMillis, processes };
}

/** Summarizes the samples by process name. Includes only names that occur in every sample. */
export function summarizeMemory(samples: readonly MemorySample[]): Record<string, MemoryFigures> {
  const names = Object.keys(samples.at(-1)?.processes ?? {});
  const figures = names.flatMap((name): [string, MemoryFigures][] => {
    const points = samples.flatMap(({ atMillis, processes }) => {
      const sizes = processes[name];
      return sizes === undefined ? [] : [{ minutes: atMillis / 60_000, size: mean(sizes) }];
    });
    if (points.length < samples.length || points.length < 3) return [];
    const third = Math.floor(points.length / 3);
    const sizes = points.map(({ size }) => size);
    return [
      [
        name,
        {
          processes: samples.at(-1)?.processes[name]?.length ?? 0,
          firstThird: round(mean(sizes.slice(0, third)), 1),
          lastThird: round(mean(sizes.slice(-third)), 1),
          growthPerMinute: round(slope(points), 2),
        },
      ],
    ];
  });
  return Object.fromEntries(figures);
}

/** Returns the slope by least squares. */
function slope(points: readonly { readonly minutes: number; readonly size: number }[]): number {
  const x = mean(points.map(({ minutes }) => minutes));
  const y = mean(points.map(({ size }) => size));
  const covariance = points.reduce((sum, { minutes, size }) => sum + (minutes - x) * (size - y), 0);
  const variance = points.reduce((sum, { minutes }) => sum + (minutes - x) ** 2, 0);
  return covariance / variance;
}

function listDescendants(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const entry of readdirSync('/proc')) {
    const pid = Number(entry);
    if (!Number.isInteger(pid)) continue;
    const parent = Number(/^PPid:\s+(\d+)$/m.exec(read(pid, 'status'))?.[1]);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const family = [root];
  for (const pid of family) family.push(...(children.get(pid) ?? []));
  return family;
}

/** Returns the function name from the environment of the process. A child without one is the store. */
function nameOf(pid: number): string {
  const name = /(?:^|\0)AWS_LAMBDA_FUNCTION_NAME=([^\0]*)/.exec(read(pid, 'environ'))?.[1];
  return name?.replace(/^RequestLogs-local-/, '').replace(/[0-9A-F]{8}.*$/, '') ?? 'store';
}

/** Returns the file's content, or an empty string if the process has ended. */
function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error) return '';
    throw error;
  }
}
