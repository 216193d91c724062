// Examples for the API document: entries as the recorder makes them of the sample events.
import { admit } from '../core/admission.ts';
import type { DocumentParts } from '../core/api/openapi.ts';
import { listChanges } from '../core/changes.ts';
import { toListItem } from '../core/entry.ts';
import { policy, readSample } from '../test/support/fixtures.ts';

/** A violation and an update; newest first. */
const samples = ['05', '02'];

/** Events are recorded this long after they were put on the bus. */
const recordDelayMillis = 1_204;

export function exampleEntries(): DocumentParts['examples'] {
  return samples.map((name) => {
    const event = readSample(name);
    const admission = admit(event, policy, Date.parse(event.time) + recordDelayMillis);
    if ('issues' in admission) throw new Error(`sample event ${name}: ${JSON.stringify(admission.issues)}`);
    const { entry } = admission;
    return {
      item: toListItem(entry),
      answer: { ...entry, changes: listChanges(entry.before, entry.after) },
    };
  });
}
