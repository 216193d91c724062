// Examples for the API document: entries as the recorder makes them of the sample events.
import type { DocumentParts } from '../core/api/document-parts.ts';
import { listChanges } from '../core/changes/changes.ts';
import { toListItem } from '../core/entry/entry.ts';
import { buildEntry } from '../core/recording/build-entry.ts';
import { policy, readSample } from '../test/support/fixtures.ts';

/** A violation and an update; newest first. */
const samples = ['05', '02'];

/** Events are recorded this long after they were put on the bus. */
const recordDelayMillis = 1_204;

export function exampleEntries(): DocumentParts['examples'] {
  return samples.map((name) => {
    const event = readSample(name);
    const admission = buildEntry(event, policy, Date.parse(event.time) + recordDelayMillis);
    if ('issues' in admission) throw new Error(`sample event ${name}: ${JSON.stringify(admission.issues)}`);
    const { entry } = admission;
    return {
      item: toListItem(entry),
      answer: { ...entry, changes: listChanges(entry.before, entry.after) },
    };
  });
}
