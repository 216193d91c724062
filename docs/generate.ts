// `npm run docs`: writes the documents that come from the schemas. A test checks that they are current.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventDetailJsonSchema } from '../core/event.ts';

/** Each generated document with its text. */
export const generatedDocuments: Readonly<Record<string, () => string>> = {
  'event-detail.schema.json': () => toText(eventDetailJsonSchema()),
};

function toText(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

if (import.meta.main) {
  for (const [name, generate] of Object.entries(generatedDocuments)) {
    writeFileSync(join(import.meta.dirname, name), generate());
  }
}
