// Takes the place of @aws-sdk/middleware-endpoint-discovery in the bundles: DynamoDB is asked at its regional endpoint, and
// looking for another is off unless a setting asks for it. 9 KB of code.

/** Reads no setting. */
export const NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS = {
  environmentVariableSelector: (): undefined => undefined,
  configFileSelector: (): undefined => undefined,
  default: undefined,
};

/** Adds nothing to the client's settings. */
export function resolveEndpointDiscoveryConfig<Config>(config: Config): Config {
  return config;
}
