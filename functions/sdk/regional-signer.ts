// Takes the place of @aws-sdk/signature-v4-multi-region in the bundles: the bucket is one of the function's own region, no
// access point of several regions, and not of S3 Express. 4 KB of code.
import { SignatureV4 } from '@smithy/signature-v4';

/** Signs for one region. */
export class SignatureV4MultiRegion extends SignatureV4 {
  /** Nothing signs for several regions. */
  static sigv4aDependency(): string {
    return 'none';
  }
}

export { SignatureV4 as SignatureV4SignWithCredentials };
