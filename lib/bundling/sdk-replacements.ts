// Lists the parts of the AWS SDK that the functions do not need, and what replaces them in the bundles.
// test/lib/bundling compares the result with the unmodified SDK.
import { join } from 'node:path';

export const projectRoot = join(import.meta.dirname, '..', '..');

const replacement = (name: string) => join(projectRoot, 'functions', 'sdk', `${name}.ts`);

/** Packages and their replacements. */
export const packageReplacements: Readonly<Record<string, string>> = {
  // Lambda passes credentials in the environment; the SDK's default provider chain is 135 KB of code.
  '@aws-sdk/credential-provider-node': replacement('environment-credentials'),
  '@aws-sdk/core/account-id-endpoint': replacement('no-account-endpoints'),
  '@smithy/core/event-streams': replacement('no-event-streams'),
  '@aws-sdk/middleware-endpoint-discovery': replacement('no-endpoint-discovery'),
  '@aws-sdk/signature-v4-multi-region': replacement('regional-signer'),
  '@smithy/core/checksum': replacement('native-checksums'),
  '@aws-sdk/checksums/sha': replacement('native-checksums'),
};

/** Files below node_modules and their replacements. The build fails if one of the files no longer exists. */
export const fileReplacements: Readonly<Record<string, string>> = {
  '@aws-sdk/client-dynamodb/dist-es/endpoint/endpointResolver.js': replacement('dynamodb-endpoint'),
  '@aws-sdk/core/dist-es/submodules/client/emitWarningIfUnsupportedVersion.js':
    replacement('no-version-check'),
  '@smithy/core/dist-es/submodules/client/smithy-client/emitWarningIfUnsupportedVersion.js':
    replacement('no-version-check'),
  '@smithy/core/dist-es/submodules/config/config-resolver/regionConfig/getInstanceMetadataRegion.js':
    replacement('no-instance-metadata'),
  '@smithy/core/dist-es/submodules/config/defaults-mode/resolveDefaultsModeConfig.js':
    replacement('no-defaults-mode'),
  '@smithy/core/dist-es/submodules/config/shared-ini-file-loader/loadSharedConfigFiles.js':
    replacement('no-config-files'),
  '@smithy/core/dist-es/submodules/retry/util-retry/AdaptiveRetryStrategy.js':
    replacement('no-adaptive-retries'),
  '@smithy/signature-v4/dist-es/HeaderFormatter.js': replacement('no-event-headers'),
};

/**
 * The DynamoDB errors that the code recognizes by their class. All others are instances of `DynamoDBServiceException`
 * with the same name and message.
 */
export const dynamoDbErrorClasses = ['DynamoDBServiceException', 'ConditionalCheckFailedException'];
