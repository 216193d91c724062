// Error responses that the routes share, with examples.
import { errorCodes } from '../values/errors.ts';
import type { JsonObject } from '../values/json.ts';
import type { Problem } from './problem-schemas.ts';
import { internalProblem, problems, retryAfterSeconds } from './problems.ts';

/** Returns a reference to a component of the document. */
export function toReference(
  section: 'schemas' | 'responses' | 'parameters' | 'headers',
  name: string,
): JsonObject {
  return { $ref: `#/components/${section}/${name}` };
}

type Example = { readonly code: keyof typeof errorCodes; readonly detail: string; readonly field?: string };

function problemOf({ code, detail, field }: Example): Problem {
  const { status, title } = problems[errorCodes[code]];
  const shown = errorCodes[code] as Problem['code'];
  return {
    type: 'about:blank',
    title,
    status,
    code: shown,
    detail,
    ...(field === undefined ? {} : { field }),
  };
}

function problemContent(examples: Readonly<Record<string, Problem>>): JsonObject {
  const values = Object.entries(examples).map(([name, value]) => [name, { value: { ...value } }]);
  return {
    'application/problem+json': {
      schema: toReference('schemas', 'Problem'),
      examples: Object.fromEntries(values) as JsonObject,
    },
  };
}

function gatewayContent(message: string): JsonObject {
  return { 'application/json': { schema: toReference('schemas', 'GatewayError'), example: { message } } };
}

/** Error responses by HTTP status. */
export const errorResponses = {
  400: {
    description:
      'The request is invalid. `field` names the parameter and `detail` describes the allowed values. ' +
      '`AMBIGUOUS_TARGET`: several targets have the ID, and `candidates` lists them. A cursor is ' +
      'invalid if it is malformed or was issued for different filters or a different caller.',
    content: problemContent({
      parameter: problemOf({
        code: 'invalidParameter',
        detail: 'limit must be a whole number from 1 to 200',
        field: 'limit',
      }),
      target: {
        ...problemOf({
          code: 'ambiguousTarget',
          detail:
            '2 services or resources have this ID; send account, region and type of one of the candidates',
          field: 'target',
        }),
        candidates: [
          { account: '123456789012', region: 'eu-west-1', type: 'rds' },
          { account: '210987654321', region: 'us-east-1', type: 'rds' },
        ],
      },
      cursor: problemOf({
        code: 'invalidCursor',
        detail: 'cursor was issued for a different query; send it with the parameters of the previous page',
        field: 'cursor',
      }),
    }),
  },
  401: {
    description: 'The token is missing, or the issuer did not sign it for this API. Returned by API Gateway.',
    headers: {
      'WWW-Authenticate': {
        description: 'Why the token was rejected (RFC 6750).',
        schema: { type: 'string' },
      },
    },
    content: gatewayContent('Unauthorized'),
  },
  403: {
    description:
      'The role does not grant the permission that `field` names, or the token is missing a claim.',
    content: problemContent({
      permission: problemOf({
        code: 'forbidden',
        detail: 'this request needs permission request-logs:read, which role Viewer does not grant',
        field: 'request-logs:read',
      }),
    }),
  },
  404: {
    description:
      'The item does not exist, or the caller cannot see it. `NOT_SEALED`: the entry exists, but it is not in the sealed ' +
      'log yet. Entries are usually sealed within two minutes.',
    content: problemContent({
      notSealed: problemOf({
        code: 'notSealed',
        detail: 'this entry is not sealed yet; try again in a minute',
      }),
      missing: problemOf({ code: 'notFound', detail: 'there is no entry with this ID' }),
    }),
  },
  409: {
    description:
      'The view cannot be saved. `VIEW_NAME_TAKEN`: another view in the same place has the name. `VIEW_LIMIT_REACHED`: there ' +
      'are as many views as allowed. `VIEW_CHANGED`: the view was changed after its `version` was read.',
    content: problemContent({
      taken: problemOf({
        code: 'viewNameTaken',
        detail: 'name is already used by another of your views',
        field: 'name',
      }),
      limit: problemOf({ code: 'viewLimitReached', detail: 'you have 50 views, which is the maximum' }),
      changed: problemOf({
        code: 'viewChanged',
        detail: 'the view was changed after this version; read it again',
        field: 'version',
      }),
    }),
  },
  429: {
    description: 'The request rate exceeds the configured limit. Wait and retry. Returned by API Gateway.',
    content: gatewayContent('Too Many Requests'),
  },
  500: {
    description:
      'An internal error, which is logged and returned without details, or an entry that exists but cannot be ' +
      'returned. `ENTRY_ALTERED`: the entry does not match its recorded content hash. `STATES_UNREADABLE`: its states ' +
      'are missing or damaged. `ENTRY_TOO_LARGE`: the response would exceed 6 MB. `LOG_CONTRADICTED`: the sealed log ' +
      'does not match what was signed.',
    content: {
      ...problemContent({
        internal: { type: 'about:blank', ...internalProblem },
        unreadable: problemOf({
          code: 'statesUnreadable',
          detail: 'the states of this entry cannot be read: the object is not what was recorded',
        }),
        altered: problemOf({
          code: 'entryAltered',
          detail: 'the stored entry does not match its content hash: it was altered after it was recorded',
        }),
        tooLarge: problemOf({
          code: 'entryTooLarge',
          detail: 'this entry exceeds 6 MB; send the header accept-encoding: gzip',
        }),
      }),
      ...gatewayContent('Internal Server Error'),
    },
  },
  503: {
    description:
      'The store is throttled or unreachable (`Retry-After` contains the delay), or the request timed out (returned ' +
      'by API Gateway). It is safe to retry.',
    headers: {
      'Retry-After': {
        description: 'Seconds to wait before retrying. Absent if API Gateway returns the error.',
        schema: { type: 'integer', minimum: 0 },
        example: retryAfterSeconds,
      },
    },
    content: {
      ...problemContent({
        unavailable: problemOf({
          code: 'storeUnavailable',
          detail: 'the store is throttled or unreachable; try again',
        }),
      }),
      ...gatewayContent('Service Unavailable'),
    },
  },
} satisfies Record<number, JsonObject>;

export type ErrorStatus = keyof typeof errorResponses;

const responseNames: Readonly<Record<ErrorStatus, string>> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'Unavailable',
};

/** Error responses as OpenAPI components. */
export const responseComponents: JsonObject = Object.fromEntries(
  Object.entries(errorResponses).map(([status, response]) => [
    responseNames[Number(status) as ErrorStatus],
    response,
  ]),
);

/** Returns references to the error responses of a route, by status. */
export function toErrorResponses(statuses: readonly ErrorStatus[]): JsonObject {
  return Object.fromEntries(
    statuses.map((status) => [String(status), toReference('responses', responseNames[status])]),
  );
}
