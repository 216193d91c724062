// Replaces @smithy/core/checksum and @aws-sdk/checksums/sha in the bundles. Node.js computes these checksums
// natively, so the SDK's fallback code is not needed. Saves 10 KB of code.
import { createHash, createHmac, type Hash, type Hmac } from 'node:crypto';
import { crc32 } from 'node:zlib';

type Input = string | ArrayBuffer | ArrayBufferView;

function toView(input: Input): string | NodeJS.ArrayBufferView {
  return input instanceof ArrayBuffer ? new Uint8Array(input) : (input as string | NodeJS.ArrayBufferView);
}

/** A hash with the interface that SDK clients expect. With a secret, an HMAC whose digest can be read once. */
abstract class NativeHash {
  readonly #algorithm: string;
  readonly #secret: Input | undefined;
  #hash: Hash | Hmac;

  constructor(algorithm: string, secret?: Input) {
    this.#algorithm = algorithm;
    this.#secret = secret;
    this.#hash = this.#begin();
  }

  update(data: Input): void {
    this.#hash.update(toView(data));
  }

  async digest(): Promise<Uint8Array> {
    const hash = this.#hash;
    return new Uint8Array('copy' in hash ? hash.copy().digest() : hash.digest());
  }

  reset(): void {
    this.#hash = this.#begin();
  }

  #begin(): Hash | Hmac {
    const secret = this.#secret;
    return secret === undefined ? createHash(this.#algorithm) : createHmac(this.#algorithm, toView(secret));
  }
}

/** MD5 with the interface that the S3 and SQS clients expect. */
export class Md5 extends NativeHash {
  constructor() {
    super('md5');
  }
}

/** SHA-1 with the interface that the S3 client expects. */
export class Sha1 extends NativeHash {
  constructor() {
    super('sha1');
  }
}

/** SHA-256 or its HMAC, with the interface that request signing and the S3 client expect. */
export class Sha256 extends NativeHash {
  constructor(secret?: Input) {
    super('sha256', secret);
  }
}

/** CRC-32 with the interface that the S3 client expects. */
export class Crc32 {
  #value = 0;

  update(data: Uint8Array): void {
    this.#value = crc32(data, this.#value);
  }

  async digest(): Promise<Uint8Array> {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, this.#value);
    return bytes;
  }

  reset(): void {
    this.#value = 0;
  }
}

// The SDK re-exports these names, but uses only the one without a suffix.
export { Crc32 as Crc32Js, Crc32 as Crc32Node };

/** Returns the hash of the stream's remaining content. */
export async function readableStreamHasher(
  HashOf: new () => NativeHash,
  stream: AsyncIterable<Uint8Array>,
): Promise<Uint8Array> {
  const hash = new HashOf();
  for await (const chunk of stream) hash.update(chunk);
  return hash.digest();
}
