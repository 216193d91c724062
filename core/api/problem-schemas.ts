// The shapes of errors: problem details of our functions, and what API Gateway answers by itself.
import * as z from 'zod/mini';
import { type ReadonlyDeep, text } from '../values/documented-schema.ts';
import { type ErrorCode, errorCodes } from '../values/errors.ts';
import { internalProblem, isInternal } from './problems.ts';

const shownCodes = (Object.values(errorCodes) as ErrorCode[]).filter((code) => !isInternal(code));

/** Problem details (RFC 9457). */
export const problemSchema = z
  .object({
    type: z.literal('about:blank'),
    title: text('The kind of problem, for people.', 'Invalid parameter'),
    status: z.int().check(z.meta({ description: 'The HTTP status.' })),
    code: z
      .enum([...shownCodes, internalProblem.code])
      .check(z.meta({ description: 'The kind of problem, for programs. Codes are stable; more may come.' })),
    detail: z.optional(
      text('What is wrong and what is allowed.', 'limit must be a whole number from 1 to 200'),
    ),
    field: z.optional(text('The parameter at fault, or the permission that is missing.', 'limit')),
  })
  .check(z.meta({ description: 'Problem details (RFC 9457).' }));

export type Problem = ReadonlyDeep<z.infer<typeof problemSchema>>;

/** What API Gateway answers without asking a function. */
export const gatewayErrorSchema = z
  .object({ message: text('What is wrong, in a word or two.', 'Unauthorized') })
  .check(
    z.meta({ description: "API Gateway's own answer: token refused, throttled, or no answer in time." }),
  );
