// Stores the progress of the demonstration data in the data folder, so that an interrupted load can continue.
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';

const markerSchema = z.object({
  /** Latest time of the generated events, epoch milliseconds. The same value gives the same events. */
  until: z.number(),
  /** Number of published events, which are recorded or on disk in the queue. */
  published: z.number(),
  complete: z.boolean(),
});

export type DemoMarker = z.infer<typeof markerSchema>;

/** Returns `undefined` when no load was started with this data folder, or the marker is unreadable. */
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
