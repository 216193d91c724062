// The OpenAPI 3.1 document of the API, made of the schemas that the code uses.
import { readPermissions } from '../contract/vocabulary.ts';
import { changeSchema, entryAnswerSchema, listItemSchema } from '../entry/entry-schemas.ts';
import { toComponents } from '../values/documented-schema.ts';
import type { JsonObject } from '../values/json.ts';
import type { DocumentParts } from './document-parts.ts';
import { operations } from './operations.ts';
import { directoryPageSchema, directoryValueSchema, pageSchema } from './page-schemas.ts';
import { queryParameters } from './parameters.ts';
import { gatewayErrorSchema, problemSchema } from './problem-schemas.ts';
import { responseComponents } from './responses.ts';

const description = `Who did what to which service or resource, when, from where, with which role and permission, whether that role
really allowed it, and the state before and after.

Every route but this document's needs a token of the configured issuer. The token says which organisation is asked
for; no parameter does. Its role must grant \`${readPermissions.read}\`, and for an export \`${readPermissions.export}\`.
A token may be limited to some AWS accounts; then nothing shows that there are others.

Errors are problem details (RFC 9457) with a stable \`code\`, except API Gateway's own answers, which have a \`message\`
alone. Fields may be added to answers at any time; clients should ignore those they do not know.`;

/** The whole document. */
export function openApiDocument({ version, examples }: DocumentParts): JsonObject {
  return {
    openapi: '3.1.0',
    info: { title: 'MayaOps Request Logs', version, description },
    servers: [{ url: '/', description: 'Where this document came from' }],
    security: [{ token: [] }],
    tags: [
      { name: 'Entries', description: 'The log entries' },
      { name: 'Directory', description: 'Values seen, for suggestions' },
      { name: 'Document', description: 'This document' },
    ],
    paths: operations(examples),
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            "A JWT of the configured OpenID Connect issuer for this API's audience, with the claims of organisation, " +
            'role and, optionally, AWS accounts.',
        },
      },
      parameters: queryParameters as JsonObject,
      responses: responseComponents,
      schemas: toComponents({
        Page: pageSchema,
        ListItem: listItemSchema,
        Entry: entryAnswerSchema,
        Change: changeSchema,
        DirectoryPage: directoryPageSchema,
        DirectoryValue: directoryValueSchema,
        Problem: problemSchema,
        GatewayError: gatewayErrorSchema,
      }),
    },
  };
}
