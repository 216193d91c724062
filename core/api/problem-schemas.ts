// Schemas of error responses: problem details from the functions, and errors that API Gateway returns itself.
import * as z from 'zod/mini';
import { type ReadonlyDeep, text } from '../values/documented-schema.ts';
import { type ErrorCode, errorCodes } from '../values/errors.ts';
import { internalProblem, isInternal } from './problems.ts';

const shownCodes = (Object.values(errorCodes) as ErrorCode[]).filter((code) => !isInternal(code));

const candidateSchema = z.object({
  account: text('AWS account ID.', '123456789012'),
  region: text('AWS region.', 'eu-west-1'),
  type: text('Target type.', 'rds'),
});

/** Problem details (RFC 9457). */
export const problemSchema = z
  .object({
    type: z.literal('about:blank'),
    title: text('Short, human-readable summary of the problem type.', 'Invalid parameter'),
    status: z.int().check(z.meta({ description: 'HTTP status code.' })),
    code: z
      .enum([...shownCodes, internalProblem.code])
      .check(
        z.meta({ description: 'Machine-readable error code. Codes never change. New codes can be added.' }),
      ),
    detail: z.optional(
      text('What is wrong and which values are allowed.', 'limit must be a whole number from 1 to 200'),
    ),
    field: z.optional(text('The invalid parameter or the missing permission.', 'limit')),
    candidates: z.optional(
      z.array(candidateSchema).check(
        z.meta({
          description:
            'For `AMBIGUOUS_TARGET`: the targets with this ID that the caller can see. Send the parameters of one of them.',
        }),
      ),
    ),
  })
  .check(z.meta({ description: 'Problem details (RFC 9457).' }));

export type Problem = ReadonlyDeep<z.infer<typeof problemSchema>>;

/** An error that API Gateway returns without invoking a function. */
export const gatewayErrorSchema = z.object({ message: text('Short error message.', 'Unauthorized') }).check(
  z.meta({
    description:
      'An error from API Gateway: the token was rejected, the request was throttled, or the request timed out.',
  }),
);
