// How the emulated DynamoDB reports the calls that change tables with a stream. local/streams captures them.
import type { AwsResponse } from '../iam/aws-error.ts';
import type { SendCall } from './insert-translation.ts';

/** Makes the call and captures its changes. Returns `undefined` for a call that changes no table with a stream. */
export type Capture = (
  operation: string,
  body: Readonly<Record<string, unknown>>,
  send: SendCall,
) => Promise<AwsResponse> | undefined;
