// Parts of the OpenAPI document that operations in several files share.
import type { JsonObject } from '../values/json.ts';
import type { DocumentParts } from './document-parts.ts';
import { type ErrorStatus, toReference } from './responses.ts';

/** Error statuses that every route with a token can return. */
export const commonErrors: readonly ErrorStatus[] = [400, 401, 403, 429, 500, 503];

/** Returns the description of a response header. */
export const header = (description: string, schema: JsonObject, isRequired = true): JsonObject => ({
  description,
  required: isRequired,
  schema,
});

/** Returns the description of the path parameter `id`, with the ID of the newest example. */
export const entryIdParameter = (examples: DocumentParts['examples']): JsonObject => ({
  name: 'id',
  in: 'path',
  required: true,
  description: 'The ID of the entry.',
  schema: { type: 'string' },
  example: examples[0]?.item.id ?? '',
});

/** The header of every response that contains data. */
export const noStoreHeaders: JsonObject = {
  'Cache-Control': header('Responses with entries must not be cached.', {
    type: 'string',
    const: 'no-store',
  }),
};

/** Returns a JSON response whose body has the schema of this name. */
export function jsonResponse(description: string, schema: string, example: unknown): JsonObject {
  return {
    description,
    headers: noStoreHeaders,
    content: {
      'application/json': { schema: toReference('schemas', schema), example: example as JsonObject },
    },
  };
}
