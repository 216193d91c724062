// What every table of the stack has in common: encryption, point-in-time recovery, and protection from deletion.
import { RemovalPolicy } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import type * as kms from 'aws-cdk-lib/aws-kms';

/** Returns the properties of an on-demand table. With `RETAIN`, DynamoDB also refuses to delete the table. */
export function protectedTable(encryptionKey: kms.IKey, removalPolicy: RemovalPolicy) {
  return {
    billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
    encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED,
    encryptionKey,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
    deletionProtection: removalPolicy === RemovalPolicy.RETAIN,
    removalPolicy,
  } satisfies Partial<dynamodb.TableProps>;
}
