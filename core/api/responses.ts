// The error answers that the routes share, each with an example.
import { errorCodes } from '../values/errors.ts';
import type { JsonObject } from '../values/json.ts';
import type { Problem } from './problem-schemas.ts';
import { internalProblem, problems, retryAfterSeconds } from './problems.ts';

/** A reference to a component. */
export function refer(section: 'schemas' | 'responses' | 'parameters' | 'headers', name: string): JsonObject {
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
      schema: refer('schemas', 'Problem'),
      examples: Object.fromEntries(values) as JsonObject,
    },
  };
}

function gatewayContent(message: string): JsonObject {
  return { 'application/json': { schema: refer('schemas', 'GatewayError'), example: { message } } };
}

/** Every error answer by its status. */
export const errorResponses = {
  400: {
    description:
      'A mistake of the caller: `field` names the parameter, `detail` says what is allowed. A cursor is refused ' +
      'when it is broken or belongs to other filters or another caller.',
    content: problemContent({
      parameter: problemOf({
        code: 'invalidParameter',
        detail: 'limit must be a whole number from 1 to 200',
        field: 'limit',
      }),
      cursor: problemOf({
        code: 'invalidCursor',
        detail: 'cursor belongs to other filters; it must be used with the query that it came from',
        field: 'cursor',
      }),
    }),
  },
  401: {
    description:
      'There is no token, or it is not one that the issuer signed for this API. Answered by API Gateway.',
    headers: {
      'WWW-Authenticate': {
        description: 'What is wrong with the token (RFC 6750).',
        schema: { type: 'string' },
      },
    },
    content: gatewayContent('Unauthorized'),
  },
  403: {
    description: 'The role does not grant the permission, which `field` names, or the token lacks a claim.',
    content: problemContent({
      permission: problemOf({
        code: 'forbidden',
        detail: 'this request needs permission request-logs:read, which role Viewer does not grant',
        field: 'request-logs:read',
      }),
    }),
  },
  404: {
    description: 'There is no such thing within what the caller may see.',
    content: problemContent({
      missing: problemOf({ code: 'notFound', detail: 'there is no entry with this id' }),
    }),
  },
  429: {
    description:
      'Too many requests for the configured rate; try again after a moment. Answered by API Gateway.',
    content: gatewayContent('Too Many Requests'),
  },
  500: {
    description:
      'An error of the service. It is logged; the answer gives no details. Or the entry exists and cannot be shown: ' +
      '`ENTRY_ALTERED` when it does not match the content hash that was recorded with it, `STATES_UNREADABLE` when its ' +
      'states are lost or damaged, `ENTRY_TOO_LARGE` when the answer would exceed 6 MB.',
    content: {
      ...problemContent({
        internal: { type: 'about:blank', ...internalProblem },
        unreadable: problemOf({
          code: 'statesUnreadable',
          detail: 'the states of this entry cannot be read: what is there is not what was recorded',
        }),
        altered: problemOf({
          code: 'entryAltered',
          detail: 'the stored entry does not match its content hash: it was altered after it was recorded',
        }),
        tooLarge: problemOf({
          code: 'entryTooLarge',
          detail: 'this entry exceeds 6 MB; ask with accept-encoding: gzip',
        }),
      }),
      ...gatewayContent('Internal Server Error'),
    },
  },
  503: {
    description:
      'The store is throttled or out of reach (`Retry-After` says when to try again), or there was no answer in ' +
      'time (API Gateway). Trying again is safe.',
    headers: {
      'Retry-After': {
        description: 'Seconds to wait; absent when API Gateway answers.',
        schema: { type: 'integer', minimum: 0 },
        example: retryAfterSeconds,
      },
    },
    content: {
      ...problemContent({
        unavailable: problemOf({
          code: 'storeUnavailable',
          detail: 'the store is not available at the moment',
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
  429: 'TooManyRequests',
  500: 'InternalError',
  503: 'Unavailable',
};

/** The error answers as components of the document. */
export const responseComponents: JsonObject = Object.fromEntries(
  Object.entries(errorResponses).map(([status, response]) => [
    responseNames[Number(status) as ErrorStatus],
    response,
  ]),
);

/** The error answers of a route, by status. */
export function errorAnswers(statuses: readonly ErrorStatus[]): JsonObject {
  return Object.fromEntries(
    statuses.map((status) => [String(status), refer('responses', responseNames[status])]),
  );
}
