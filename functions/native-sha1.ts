// Takes the place of @aws-sdk/checksums/sha in the bundles: Node.js computes SHA-1 itself and needs no other code for it.
// 4 KB of code.
import { createHash } from 'node:crypto';

/** SHA-1 as the S3 client wants it. */
export class Sha1 {
  #hash = createHash('sha1');

  update(data: Uint8Array): void {
    this.#hash.update(data);
  }

  async digest(): Promise<Uint8Array> {
    return this.#hash.copy().digest();
  }

  reset(): void {
    this.#hash = createHash('sha1');
  }
}
