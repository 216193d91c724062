// Defines the formats of IDs for the event contract, the token claims and the settings.
import * as z from 'zod/mini';

/** A string that matches the pattern. `allowed` describes the format in the error message. */
export const matching = (pattern: RegExp, allowed: string) =>
  z.string(`must be ${allowed}`).check(z.regex(pattern, `must be ${allowed}`));

/** 1–128 of `A-Za-z0-9._:-`. */
export const eventIdSchema = matching(/^[A-Za-z0-9._:-]{1,128}$/, '1 to 128 of A-Za-z0-9._:-');
export const organizationIdSchema = matching(/^[A-Za-z0-9_-]{1,64}$/, '1 to 64 of A-Za-z0-9_-');
export const accountIdSchema = matching(/^\d{12}$/, 'a 12-digit AWS account ID');

/** The ID that an AWS service gave a request: a UUID, or 16 to 64 uppercase letters and digits, as in S3 and DynamoDB. */
export const awsRequestIdSchema = matching(
  /^(?:[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}|[A-Z0-9]{16,64})$/,
  'an AWS request ID: a UUID, or 16 to 64 of A-Z0-9',
);
