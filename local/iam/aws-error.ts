// Builds errors in the format of each AWS protocol, so that SDKs throw the same errors as with AWS.

/** The response to an AWS call. */
export interface AwsResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

export type Service = 'dynamodb' | 'events' | 'kms' | 'sqs' | 'streams';

const contentTypes: Readonly<Record<Service, string>> = {
  dynamodb: 'application/x-amz-json-1.0',
  events: 'application/x-amz-json-1.1',
  kms: 'application/x-amz-json-1.1',
  sqs: 'application/x-amz-json-1.0',
  streams: 'application/x-amz-json-1.0',
};

/** Error codes of the older SQS protocol, which its SDK clients still read. */
const sqsCodes: Readonly<Record<string, string>> = {
  AccessDeniedException: 'AccessDenied',
  UnrecognizedClientException: 'InvalidClientTokenId',
};

export function awsError(service: Service, code: string, message: string): AwsResponse {
  const sqsCode = sqsCodes[code] ?? code;
  return {
    status: service === 'sqs' && code !== 'InternalFailure' ? 403 : code === 'InternalFailure' ? 500 : 400,
    headers: {
      'content-type': contentTypes[service],
      ...(service === 'sqs' && { 'x-amzn-query-error': `${sqsCode};Sender` }),
    },
    body: JSON.stringify({ __type: `com.amazon.coral.service#${code}`, Message: message, message }),
  };
}

/** An error of S3, which uses XML. */
export function s3Error(status: number, code: string, message: string): AwsResponse {
  const text = message.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return {
    status,
    headers: { 'content-type': 'application/xml' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${text}</Message></Error>`,
  };
}

export function awsJson(service: Service, value: unknown): AwsResponse {
  return { status: 200, headers: { 'content-type': contentTypes[service] }, body: JSON.stringify(value) };
}
