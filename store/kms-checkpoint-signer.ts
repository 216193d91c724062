// Signs checkpoints with an Ed25519 key in KMS.
import { GetPublicKeyCommand, type KMSClient, SignCommand } from '@aws-sdk/client-kms';
import type { CheckpointSigner } from '../core/log/ports.ts';
import { errorCodes, RequestLogsError } from '../core/values/errors.ts';
import { asStoreError } from './unavailable.ts';

/** The bytes before the raw key in the DER encoding of an Ed25519 public key (RFC 8410, section 4). */
const derPrefix = Buffer.from('302a300506032b6570032100', 'hex');
const publicKeyBytes = 32;

export class KmsCheckpointSigner implements CheckpointSigner {
  readonly #client: KMSClient;
  readonly #keyArn: string;
  #publicKey: Uint8Array | undefined;

  constructor({ client, keyArn }: { readonly client: KMSClient; readonly keyArn: string }) {
    this.#client = client;
    this.#keyArn = keyArn;
  }

  /** Asks KMS once: the key of an ARN never changes. Fails with INVALID_CONFIGURATION if it is no Ed25519 key. */
  async publicKey(): Promise<Uint8Array> {
    this.#publicKey ??= await this.#readPublicKey();
    return this.#publicKey;
  }

  async sign(message: Uint8Array): Promise<Uint8Array> {
    try {
      const { Signature } = await this.#client.send(
        new SignCommand({
          KeyId: this.#keyArn,
          Message: message,
          MessageType: 'RAW',
          SigningAlgorithm: 'ED25519_SHA_512',
        }),
      );
      if (Signature !== undefined) return Signature;
    } catch (error) {
      throw asStoreError(error);
    }
    throw new RequestLogsError(errorCodes.storeUnavailable, 'KMS returned no signature; try again');
  }

  async #readPublicKey(): Promise<Uint8Array> {
    try {
      const { PublicKey } = await this.#client.send(new GetPublicKeyCommand({ KeyId: this.#keyArn }));
      const der = Buffer.from(PublicKey ?? []);
      if (
        der.length === derPrefix.length + publicKeyBytes &&
        der.subarray(0, derPrefix.length).equals(derPrefix)
      ) {
        return new Uint8Array(der.subarray(derPrefix.length));
      }
    } catch (error) {
      throw asStoreError(error);
    }
    throw new RequestLogsError(errorCodes.invalidConfiguration, 'the signing key must be an Ed25519 key');
  }
}
