// Remembers in the data folder how far the demonstration is, so that an interrupted load goes on where it was.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';

const markerSchema = z.object({
  /** Until when the invented entries reach, epoch milliseconds; the same on a second try gives the same events. */
  until: z.number(),
  /** So many events are on the bus, and so on disk: in the queue or recorded. */
  published: z.number(),
  complete: z.boolean(),
});

export type DemoMarker = z.infer<typeof markerSchema>;

/** The marker, or `undefined` when no demonstration was ever begun here (or nobody can read it any more). */
export function readMarker(dataDir: string): DemoMarker | undefined {
  const path = markerPath(dataDir);
  if (!existsSync(path)) return undefined;
  try {
    return markerSchema.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    return undefined;
  }
}

export function writeMarker(dataDir: string, marker: DemoMarker): void {
  mkdirSync(dataDir, { recursive: true });
  const path = markerPath(dataDir);
  writeFileSync(`${path}.new`, `${JSON.stringify(marker)}\n`);
  renameSync(`${path}.new`, path);
}

function markerPath(dataDir: string): string {
  return join(dataDir, 'demonstration.json');
}
