// Calls an AWS service with the query protocol. Signs the request itself, because single calls do not justify another SDK
// client.
import { createHash, createHmac } from 'node:crypto';
import { SignatureV4 } from '@smithy/signature-v4';
import { CommandError } from '../../terminal/command-error.ts';

export interface ClientConfiguration {
  readonly region: string;
  readonly credentials: {
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly sessionToken?: string;
  };
}

/** The service name in the endpoint and the signature, and as messages show it. */
export interface QueryService {
  readonly id: 'cloudformation' | 'sts';
  readonly name: string;
}

/** Returns the XML of the response. Fails with CommandError when the service rejects the request. */
export async function callQueryApi(
  service: QueryService,
  parameters: Readonly<Record<string, string>>,
  { region, credentials }: ClientConfiguration,
  environment: NodeJS.ProcessEnv,
): Promise<string> {
  const endpoint = new URL(
    environment[`AWS_ENDPOINT_URL_${service.id.toUpperCase()}`] ??
      environment.AWS_ENDPOINT_URL ??
      `https://${service.id}.${region}.amazonaws.com`,
  );
  const signer = new SignatureV4({ service: service.id, region, credentials, sha256: NodeSha256 });
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
  throw new CommandError(`${service.name} rejected ${parameters.Action}: ${reason}`);
}

/** Returns the text of the first element with this name. */
export function textOf(xml: string, element: string): string | undefined {
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
