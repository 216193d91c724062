// Builds the OpenAPI 3.1 document from the same schemas that the code uses.
import { readPermissions } from '../contract/vocabulary.ts';
import { entryResponseSchema } from '../entry/entry-response-schemas.ts';
import { changeSchema } from '../entry/entry-schemas.ts';
import {
  historySchema,
  stateAtSchema,
  stateDiffSchema,
  timelineItemSchema,
} from '../history/history-schemas.ts';
import { consistencySchema, leavesSchema, proofSchema, witnessesSchema } from '../log/proof.ts';
import { toComponents } from '../values/documented-schema.ts';
import type { JsonObject } from '../values/json.ts';
import { newViewSchema, savedViewSchema, viewChangeSchema, viewListSchema } from '../views/saved-view.ts';
import type { DocumentParts } from './document-parts.ts';
import { operations } from './operations.ts';
import { directoryPageSchema, directoryValueSchema, pageItemSchema, pageSchema } from './page-schemas.ts';
import { queryParameters } from './parameters.ts';
import { gatewayErrorSchema, problemSchema } from './problem-schemas.ts';
import { responseComponents } from './responses.ts';
import { groupListSchema, groupSchema, summarySchema } from './summary-schemas.ts';

const description = `The audit log of your services and resources: who did what, to which service or resource, when, from where, with
which role and permission, whether the role actually grants it, and the state before and after.

Every route except this document requires a token from the configured issuer. The organization always comes from the
token, never from a parameter. The role in the token must grant \`${readPermissions.read}\` and, for exports,
\`${readPermissions.export}\`. Sharing views needs \`${readPermissions.share}\`. A token can be limited to specific AWS accounts. Its responses then contain nothing about
other accounts.

Errors are problem details (RFC 9457) with a stable \`code\`. Errors that API Gateway returns itself contain only a
\`message\`. New fields can be added to responses at any time. Clients must ignore fields that they do not recognize.`;

/** Returns the complete OpenAPI document. */
export function openApiDocument({ version, examples }: DocumentParts): JsonObject {
  return {
    openapi: '3.1.0',
    info: { title: 'MayaOps Request Logs', version, description },
    servers: [{ url: '/', description: 'The server that returned this document' }],
    security: [{ token: [] }],
    tags: [
      { name: 'Entries', description: 'Log entries' },
      { name: 'Directory', description: 'Values that appear in entries, for autocomplete' },
      { name: 'Saved views', description: 'Searches with a name, private or shared in the organization' },
      { name: 'Sealed log', description: 'Proofs that entries are unchanged and that none is missing' },
      { name: 'Document', description: 'The API description' },
    ],
    paths: operations(examples),
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            "A JWT from the configured OpenID Connect issuer with this API's audience. It contains claims for the " +
            'organization, the role and, optionally, the AWS accounts.',
        },
      },
      parameters: queryParameters as JsonObject,
      responses: responseComponents,
      schemas: toComponents({
        Page: pageSchema,
        ListItem: pageItemSchema,
        Entry: entryResponseSchema,
        Change: changeSchema,
        History: historySchema,
        StateAt: stateAtSchema,
        StateDiff: stateDiffSchema,
        TimelineItem: timelineItemSchema,
        DirectoryPage: directoryPageSchema,
        DirectoryValue: directoryValueSchema,
        Summary: summarySchema,
        Group: groupSchema,
        GroupList: groupListSchema,
        ViewList: viewListSchema,
        SavedView: savedViewSchema,
        NewView: newViewSchema,
        ViewChange: viewChangeSchema,
        Proof: proofSchema,
        ConsistencyProof: consistencySchema,
        Leaves: leavesSchema,
        Witnesses: witnessesSchema,
        Problem: problemSchema,
        GatewayError: gatewayErrorSchema,
      }),
    },
  };
}
