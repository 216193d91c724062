// Emulates SQS: checks access, and forwards calls to fauxqs with its account id and URLs replaced by those of the
// stack.
import type { Stack } from '../cloudformation/stack.ts';
import { type AccessCheck, isIdentityError } from '../iam/access-check.ts';
import { type AwsResponse, awsError } from '../iam/aws-error.ts';
import { type AwsRequest, parseBody } from '../iam/aws-request.ts';
import { forward } from '../iam/forward.ts';
import { sqsAccess } from '../iam/sqs-access.ts';
import { fauxqsAccountId } from './queues.ts';

/**
 * Operations whose requests or responses contain queue ARNs or URLs. Others, with message bodies, are not rewritten.
 */
const rewrittenOperations = new Set([
  'CreateQueue',
  'GetQueueAttributes',
  'GetQueueUrl',
  'ListDeadLetterSourceQueues',
  'ListQueues',
  'SetQueueAttributes',
]);

/** Handles `AmazonSQS.*` calls. `port` is the port of fauxqs. */
export function createSqsService(stack: Stack, accessCheck: AccessCheck, port: number) {
  const endpoint = new URL(`http://127.0.0.1:${port}/`);
  const queueArnPrefix = `arn:aws:sqs:${stack.region}:${stack.accountId}:`;
  return async (call: AwsRequest): Promise<AwsResponse> => {
    const principal = accessCheck.identify(call.authorization);
    if (isIdentityError(principal)) return awsError('sqs', principal.errorCode, principal.message);
    const body = parseBody(call.rawBody) ?? {};
    const denial = await accessCheck.findDenial(principal, [sqsAccess(call.operation, body, queueArnPrefix)]);
    if (denial !== undefined) return awsError('sqs', 'AccessDeniedException', denial);
    if (!rewrittenOperations.has(call.operation)) {
      return forward(endpoint, call, { body: withPositiveVisibility(call) });
    }
    const requestBody = call.rawBody
      .toString('utf8')
      .replaceAll(`:${stack.accountId}:`, `:${fauxqsAccountId}:`);
    const response = await forward(endpoint, call, { body: Buffer.from(requestBody) });
    const responseBody = response.body
      .toString('utf8')
      .replaceAll(`:${fauxqsAccountId}:`, `:${stack.accountId}:`)
      .replace(/http:\/\/[^/"]+\/0{12}\//g, `${stack.gatewayUrl}/${stack.accountId}/`);
    const { 'content-length': _, ...headers } = response.headers;
    return { ...response, headers, body: responseBody };
  };
}

/** Replaces a visibility timeout of 0 by 1 second, because fauxqs 2.4 fails on 0 and never shows the message again. */
function withPositiveVisibility(call: AwsRequest): Buffer {
  if (!call.operation.startsWith('ChangeMessageVisibility')) return call.rawBody;
  return Buffer.from(
    call.rawBody.toString('utf8').replaceAll(/"VisibilityTimeout":\s*0(?=[,}\s])/g, '"VisibilityTimeout":1'),
  );
}
