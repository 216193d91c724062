// Replaces @aws-sdk/core/account-id-endpoint in the bundles. The functions call DynamoDB's regional endpoint
// (dynamodb-endpoint.ts), so the mode for endpoints that contain an account ID is always `disabled`.

/** Reads no setting. */
export const NODE_ACCOUNT_ID_ENDPOINT_MODE_CONFIG_OPTIONS = {
  environmentVariableSelector: (): undefined => undefined,
  configFileSelector: (): undefined => undefined,
  default: 'disabled',
};

/** Sets the mode in the client configuration. */
export function resolveAccountIdEndpointModeConfig<Config extends object>(
  config: Config,
): Config & { accountIdEndpointMode: () => Promise<string> } {
  return Object.assign(config, { accountIdEndpointMode: async () => 'disabled' });
}
