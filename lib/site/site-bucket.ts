// The bucket of the dashboard's files. Only the distribution reads it.
import { type RemovalPolicy, Validations } from 'aws-cdk-lib';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';

export interface SiteBucketProps {
  readonly removalPolicy: RemovalPolicy;
}

/**
 * A private bucket. S3's own key encrypts it: CloudFront could not read objects under a customer-managed one without
 * a key policy that names it, and the files are public anyway. Not versioned: the repository makes every build again.
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
      reason: 'It holds the files of a page that is the same for everybody; CloudFront alone reads them.',
    });
    // With exactOptionalPropertyTypes the CDK's class does not fit the CDK's interface, for `isWebsite?` alone.
    this.bucket = bucket as s3.IBucket;
  }
}
