// `npm run docs`: writes the documents that come from the schemas. A test checks that they are current.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument } from '../core/api/openapi.ts';
import { eventDetailJsonSchema } from '../core/contract/event.ts';
import packageJson from '../package.json' with { type: 'json' };
import { clientTypes } from './client-types/generate.ts';
import { costDocument } from './costs/document.ts';
import { deployPolicy } from './deploy-policy.ts';
import { exampleEntries } from './examples.ts';

const openApiText = () =>
  toText(openApiDocument({ version: packageJson.version, examples: exampleEntries() }));

/** Each generated file, by its path in the project, with its text. */
export const generatedDocuments: Readonly<Record<string, () => string | Promise<string>>> = {
  'docs/costs.md': costDocument,
  'docs/deploy-policy.json': () => toText(deployPolicy()),
  'docs/event-detail.schema.json': () => toText(eventDetailJsonSchema()),
  'docs/openapi.json': openApiText,
  'client/schema.ts': () => clientTypes(openApiText()),
};

function toText(document: unknown): string {
  return `${JSON.stringify(document, null, 2)}\n`;
}

if (import.meta.main) {
  for (const [path, generate] of Object.entries(generatedDocuments)) {
    writeFileSync(join(import.meta.dirname, '..', path), await generate());
  }
}
