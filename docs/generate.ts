// `npm run docs`: writes every generated document. A test fails when one is not current.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openApiDocument } from '../core/api/openapi.ts';
import { eventDetailJsonSchema } from '../core/contract/event.ts';
import packageJson from '../package.json' with { type: 'json' };
import { clientTypes } from './client-types/generate.ts';
import { costDocument } from './costs/document.ts';
import { deployPolicies } from './deploy-policy.ts';
import { exampleEntries } from './examples.ts';
import { architecture } from './images/architecture.ts';
import { drawDiagram } from './images/diagram.ts';

const openApiText = () =>
  toText(openApiDocument({ version: packageJson.version, examples: exampleEntries() }));

/** Every generated file: its path in the repository, and what makes its text. */
export const generatedDocuments: Readonly<Record<string, () => string | Promise<string>>> = {
  'docs/costs.md': costDocument,
  ...Object.fromEntries(
    Object.entries(deployPolicies()).map(([name, policy]) => [`docs/${name}`, () => toText(policy)]),
  ),
  'docs/images/architecture-dark.svg': () => drawDiagram(architecture, 'dark'),
  'docs/images/architecture-light.svg': () => drawDiagram(architecture, 'light'),
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
