// Reads the physical IDs of a deployed stack's resources from CloudFormation. Signs the request itself, because
// a single call does not justify another SDK client.
import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { CommandError } from '../../terminal/command-error.ts';

export interface ClientConfiguration {
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/**
 * Returns physical IDs by logical ID. Fails with CommandError when CloudFormation rejects the request. Requires
 * `cloudformation:ListStackResources`.
 */
export async function listStackResources(
  stackName: string,
  configuration: ClientConfiguration,
  environment: NodeJS.ProcessEnv,
): Promise<ReadonlyMap<string, string>> {
  const physicalIds = new Map<string, string>();
  let token: string | undefined;
  do {
    const xml = await call(
      {
        Action: 'ListStackResources',
        Version: '2010-05-15',
        StackName: stackName,
        ...(token !== undefined && { NextToken: token }),
      },
      configuration,
      environment,
    );
    for (const [, member = ''] of xml.matchAll(/<member>(.*?)<\/member>/gs)) {
      const logicalId = textOf(member, 'LogicalResourceId');
      const physicalId = textOf(member, 'PhysicalResourceId');
      if (logicalId !== undefined && physicalId !== undefined) physicalIds.set(logicalId, physicalId);
    }
    token = textOf(xml, 'NextToken');
  } while (token !== undefined && token !== '');
  return physicalIds;
}

async function call(
  parameters: Readonly<Record<string, string>>,
  { region, credentials }: ClientConfiguration,
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  const endpoint = new URL(
    environment.AWS_ENDPOINT_URL_CLOUDFORMATION ??
      environment.AWS_ENDPOINT_URL ??
      `https://cloudformation.${region}.amazonaws.com`,
  );
  const signer = new SignatureV4({ service: 'cloudformation', region, credentials, sha256: NodeSha256 });
  const { headers, body } = await signer.sign({
    method: 'POST',
    protocol: endpoint.protocol,
    hostname: endpoint.hostname,
    path: '/',
    headers: { host: endpoint.host, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(parameters).toString(),
  });
  const response = await fetch(endpoint, { method: 'POST', headers, body }).catch((cause: unknown) => {
    throw new CommandError(`${endpoint.origin} does not respond`, { cause });
  });
  const xml = await response.text();
  if (response.ok) return xml;
  const reason = `${textOf(xml, 'Code') ?? response.status}: ${textOf(xml, 'Message') ?? 'no reason given'}`;
  throw new CommandError(`CloudFormation rejected ${parameters.Action}: ${reason}`);
}

function textOf(xml: string, element: string): string | undefined {
  return new RegExp(`<${element}>(.*?)</${element}>`, 's')
    .exec(xml)?.[1]
    ?.replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}

/** SHA-256, or its HMAC with a secret, with the interface that the signer expects. */
class NodeSha256 {
  #hash;

  constructor(secret?: string | ArrayBuffer | ArrayBufferView) {
    this.#hash = secret === undefined ? createHash('sha256') : createHmac('sha256', toBytes(secret));
  }

  update(data: string | ArrayBuffer | ArrayBufferView): void {
    this.#hash.update(toBytes(data));
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.digest();
  }

  reset(): void {
    throw new Error('each signature has its own hash');
  }
}

function toBytes(data: string | ArrayBuffer | ArrayBufferView): Uint8Array {
  if (typeof data === 'string') return Buffer.from(data);
  return ArrayBuffer.isView(data)
    ? new Uint8Array(data.buffer, data.byteOffset, data.byteLength)
    : new Uint8Array(data);
}
