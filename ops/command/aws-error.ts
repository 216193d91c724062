// What AWS or the SDK says when a call fails, in one line. Messages of SQS name queues and actions, never a body.

/** Name and message of an AWS error, or of the failure to reach it. Rethrows what is a defect of this program. */
export function describeAwsError(error: unknown): string {
  if (!(error instanceof Error)) throw error;
  if (/^Region is missing/.test(error.message)) {
    return 'The region is missing: set AWS_REGION, such as AWS_REGION=eu-west-1';
  }
  const isService = '$metadata' in error || '$fault' in error;
  const isNetwork = 'code' in error || error.name === 'TimeoutError' || error.name === 'AggregateError';
  const isSetUp = /^(Credentials|Token)ProviderError$/.test(error.name);
  if (!isService && !isNetwork && !isSetUp) throw error;
  return `${error.name}: ${error.message}`;
}
