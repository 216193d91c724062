// The bucket of the dashboard's files. Only the distribution reads it.
import { type RemovalPolicy, Validations } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

export interface SiteBucketProps {
  readonly removalPolicy: RemovalPolicy;
}

/**
 * A private bucket. It uses S3-managed encryption: with a customer-managed key, CloudFront would need a key policy, and the
 * files are public anyway. It is not versioned, because every build can be repeated from the repository.
 */
export class SiteBucket extends Construct {
  readonly bucket: s3.IBucket;

  constructor(scope: Construct, id: string, props: SiteBucketProps) {
    super(scope, id);
    const bucket = new s3.Bucket(this, 'Bucket', {
      encryption: s3.BucketEncryption.S3_MANAGED,
      blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
      objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy: props.removalPolicy,
    });
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'It contains the files of the page, which are the same for everyone. Only CloudFront reads them.',
    });
    // With exactOptionalPropertyTypes the CDK's class does not fit the CDK's interface, for `isWebsite?` alone.
    this.bucket = bucket as s3.IBucket;
  }
}
