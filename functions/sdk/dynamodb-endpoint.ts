// Replaces the endpoint rules of @aws-sdk/client-dynamodb in the bundles. The functions call DynamoDB in their own
// Region, so the endpoint follows from the Region's name. Saves 16 KB of code.

interface EndpointParameters {
  readonly Region?: string;
  /** A configured endpoint, which replaces that of the Region. */
  readonly Endpoint?: string | { readonly url: URL };
  readonly UseFIPS?: boolean;
  readonly UseDualStack?: boolean;
}

interface ResolvedEndpoint {
  readonly url: URL;
  readonly properties: object;
  readonly headers: object;
}

/** The domains of the partitions outside `amazonaws.com`, by the start of their Regions' names. */
const domains: readonly (readonly [prefix: string, domain: string])[] = [
  ['cn-', 'amazonaws.com.cn'],
  ['eusc-', 'amazonaws.eu'],
  ['us-iso-', 'c2s.ic.gov'],
  ['us-isob-', 'sc2s.sgov.gov'],
  ['eu-isoe-', 'cloud.adc-e.uk'],
  ['us-isof-', 'csp.hci.ic.gov'],
  ['eu-isof-', 'csp.hci.ic.gov'],
];

/**
 * Returns the configured endpoint or that of the Region. Fails if FIPS or dual-stack endpoints are configured, which
 * the bundles do not support.
 */
export function defaultEndpointResolver({
  Region = '',
  Endpoint,
  UseFIPS,
  UseDualStack,
}: EndpointParameters): ResolvedEndpoint {
  if (UseFIPS || UseDualStack) {
    throw new Error('FIPS and dual-stack endpoints of DynamoDB are not included in this bundle');
  }
  return { url: Endpoint === undefined ? regionalUrl(Region) : toUrl(Endpoint), properties: {}, headers: {} };
}

function regionalUrl(region: string): URL {
  const [, domain = 'amazonaws.com'] = domains.find(([prefix]) => region.startsWith(prefix)) ?? [];
  return new URL(`https://dynamodb.${region}.${domain}`);
}

function toUrl(endpoint: string | { readonly url: URL }): URL {
  return typeof endpoint === 'string' ? new URL(endpoint) : endpoint.url;
}
