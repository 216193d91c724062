// Counts the results of mutation testing and prints them as a Markdown table.
import { join, relative, sep } from 'node:path';
import type { MutantResult } from '@stryker-mutator/api/core';

/** What became of the changes in one room of core/. */
export interface RoomScore {
  readonly room: string;
  /** Changes that a test failed on, or that made the tests run without end. */
  readonly detected: number;
  readonly survived: number;
  /** Changes in code that no test of core/ runs. */
  readonly uncovered: number;
}

/** Counts the results by room. Changes that do not compile or run only at import are not counted. */
export function scoresOfRooms(
  mutants: readonly Pick<MutantResult, 'status' | 'fileName'>[],
  root: string,
): RoomScore[] {
  const byRoom = Map.groupBy(
    mutants,
    ({ fileName }) => relative(join(root, 'core'), fileName).split(sep)[0] ?? '',
  );
  return [...byRoom].map(([room, changes]) => {
    const count = (...statuses: MutantResult['status'][]) =>
      changes.filter(({ status }) => statuses.includes(status)).length;
    return {
      room,
      detected: count('Killed', 'Timeout'),
      survived: count('Survived'),
      uncovered: count('NoCoverage'),
    };
  });
}

export function toMarkdown(scores: readonly RoomScore[]): string {
  const sum = (key: 'detected' | 'survived' | 'uncovered') =>
    scores.reduce((total, score) => total + score[key], 0);
  const all = {
    room: '**all**',
    detected: sum('detected'),
    survived: sum('survived'),
    uncovered: sum('uncovered'),
  };
  const rows = [...scores, ...(scores.length > 1 ? [all] : [])].map((score) => {
    const { room, detected, survived, uncovered } = score;
    return `| ${room} | ${detected + survived + uncovered} | ${detected} | ${survived} | ${uncovered} | ${percent(score)} |`;
  });
  return [
    '| room | changes | detected | survived | not covered | score |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

/** Returns one line: whether a test runs the code, the place, and the replacement. */
export function describeSurvivor(mutant: MutantResult, root: string): string {
  const { fileName, location, mutatorName, status, replacement = '' } = mutant;
  const { line, column } = location.start;
  return `${status} ${relative(root, fileName)}:${line}:${column} ${mutatorName}: ${replacement.replaceAll(/\s+/g, ' ').slice(0, 100)}`;
}

function percent({ detected, survived, uncovered }: Omit<RoomScore, 'room'>): string {
  const total = detected + survived + uncovered;
  return total === 0 ? '–' : `${((100 * detected) / total).toFixed(1)} %`;
}
