// Resident memory of the stack's processes, sampled from /proc (Linux), and whether it grows.
import { readdirSync, readFileSync } from 'node:fs';
import { mean, round } from '../statistics.ts';

export interface MemorySample {
  readonly atMillis: number;
  /** Mebibytes of each process, by what it runs: `stack`, `store` or a function's name. */
  readonly processes: Readonly<Record<string, readonly number[]>>;
}

/** Mebibytes of one process: means over the first and the last third, and the line through all samples. */
export interface MemoryFigures {
  readonly processes: number;
  readonly firstThird: number;
  readonly lastThird: number;
  readonly growthPerMinute: number;
}

/** From the first third to the last; garbage that is still to be collected moves a process by some percent. */
const maxGrowth = 0.1;

/** Shorter runs are not judged: heaps still find their size. */
const minJudgedMinutes = 5;

/** What grew from the first third to the last by more than a tenth, in a run long enough to tell. */
export function findGrowing(figures: Readonly<Record<string, MemoryFigures>>, minutes: number): string[] {
  if (minutes < minJudgedMinutes) return [];
  return Object.entries(figures)
    .filter(([, { firstThird, lastThird }]) => lastThird > firstThird * (1 + maxGrowth))
    .map(([name]) => name);
}

/** The process and its descendants, now. */
export function sampleMemory(stackPid: number, nowMillis: number): MemorySample {
  const processes: Record<string, number[]> = {};
  for (const pid of familyOf(stackPid)) {
    const bytes = /^VmRSS:\s+(\d+) kB$/m.exec(read(pid, 'status'))?.[1];
    if (bytes === undefined) continue;
    const name = pid === stackPid ? 'stack' : nameOf(pid);
    processes[name] = [...(processes[name] ?? []), Number(bytes) / 1024];
  }
  return { atMillis: nowMillis, processes };
}

/** By what the processes run; only what was there from the first sample to the last. */
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

/** Least squares. */
function slope(points: readonly { readonly minutes: number; readonly size: number }[]): number {
  const x = mean(points.map(({ minutes }) => minutes));
  const y = mean(points.map(({ size }) => size));
  const above = points.reduce((sum, { minutes, size }) => sum + (minutes - x) * (size - y), 0);
  const below = points.reduce((sum, { minutes }) => sum + (minutes - x) ** 2, 0);
  return above / below;
}

function familyOf(root: number): number[] {
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

/** A function's process is told by its environment; the other child is the store. */
function nameOf(pid: number): string {
  const name = /(?:^|\0)AWS_LAMBDA_FUNCTION_NAME=([^\0]*)/.exec(read(pid, 'environ'))?.[1];
  return name?.replace(/^RequestLogs-local-/, '').replace(/[0-9A-F]{8}.*$/, '') ?? 'store';
}

/** Empty when the process has ended meanwhile. */
function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error) return '';
    throw error;
  }
}
