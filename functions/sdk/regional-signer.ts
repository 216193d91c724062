// Replaces @aws-sdk/signature-v4-multi-region in the bundles. The overflow bucket is in the function's own
// region and uses neither multi-region access points nor S3 Express. Saves 4 KB of code.
import { SignatureV4 } from '@smithy/signature-v4';

/** Signs requests for a single region. */
export class SignatureV4MultiRegion extends SignatureV4 {
  /** Multi-region signing is not available. */
  static sigv4aDependency(): string {
    return 'none';
  }
}

export { SignatureV4 as SignatureV4SignWithCredentials };
