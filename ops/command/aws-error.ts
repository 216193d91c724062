// Formats errors of AWS and its SDK as one line. Error messages of SQS name queues and actions, never a body.

/** Name and message of an error of AWS, the network, or the credentials. Rethrows any other error, which is a bug. */
export function describeAwsError(error: unknown): string {
  if (!(error instanceof Error)) throw error;
  if (/^Region is missing/.test(error.message)) {
    return 'No AWS region: set AWS_REGION, such as AWS_REGION=eu-west-1';
  }
  const isService = '$metadata' in error || '$fault' in error;
  const isNetwork = 'code' in error || error.name === 'TimeoutError' || error.name === 'AggregateError';
  const isSetUp = /^(Credentials|Token)ProviderError$/.test(error.name);
  if (!isService && !isNetwork && !isSetUp) throw error;
  return `${error.name}: ${error.message}`;
}
