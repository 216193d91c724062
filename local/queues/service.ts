// SQS as clients see it: the gate before fauxqs, with this stack's account and URLs in place of fauxqs' own.
import type { Stack } from '../cloudformation/stack.ts';
import { type AccessCheck, isIdentityError } from '../iam/access-check.ts';
import { type AwsResponse, awsError } from '../iam/aws-error.ts';
import { type AwsRequest, parseBody } from '../iam/aws-request.ts';
import { forward } from '../iam/forward.ts';
import { sqsAccess } from '../iam/sqs-access.ts';
import { fauxqsAccountId } from './queues.ts';

/** Operations whose answers (or requests) name queues by ARN or URL. Message bodies are never touched. */
const namesQueues = new Set([
  'CreateQueue',
  'GetQueueAttributes',
  'GetQueueUrl',
  'ListDeadLetterSourceQueues',
  'ListQueues',
  'SetQueueAttributes',
]);

/** Handles `AmazonSQS.*` calls; `port` is fauxqs'. */
export function createSqsService(stack: Stack, gate: AccessCheck, port: number) {
  const endpoint = new URL(`http://127.0.0.1:${port}/`);
  const queueArnPrefix = `arn:aws:sqs:${stack.region}:${stack.accountId}:`;
  return async (call: AwsRequest): Promise<AwsResponse> => {
    const principal = gate.identify(call.authorization);
    if (isIdentityError(principal)) return awsError('sqs', principal.errorCode, principal.message);
    const body = parseBody(call.rawBody) ?? {};
    const refusal = await gate.refuse(principal, [sqsAccess(call.operation, body, queueArnPrefix)]);
    if (refusal !== undefined) return awsError('sqs', 'AccessDeniedException', refusal);
    if (!namesQueues.has(call.operation)) {
      return forward(endpoint, call, { body: withWorkingVisibility(call) });
    }
    const inside = call.rawBody.toString('utf8').replaceAll(`:${stack.accountId}:`, `:${fauxqsAccountId}:`);
    const response = await forward(endpoint, call, { body: Buffer.from(inside) });
    const outside = response.body
      .toString('utf8')
      .replaceAll(`:${fauxqsAccountId}:`, `:${stack.accountId}:`)
      .replace(/http:\/\/[^/"]+\/0{12}\//g, `${stack.frontUrl}/${stack.accountId}/`);
    const { 'content-length': _, ...headers } = response.headers;
    return { ...response, headers, body: outside };
  };
}

/** fauxqs 2.4 with a data folder fails on a visibility timeout of 0 and loses sight of the message: 1 second does. */
function withWorkingVisibility(call: AwsRequest): Buffer {
  if (!call.operation.startsWith('ChangeMessageVisibility')) return call.rawBody;
  return Buffer.from(
    call.rawBody.toString('utf8').replaceAll(/"VisibilityTimeout":\s*0(?=[,}\s])/g, '"VisibilityTimeout":1'),
  );
}
