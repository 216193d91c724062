// The account, region, and addresses of the local stack.

/** The account of the stack. The demonstration data uses the same one. */
export const localAccountId = '210987654321';
export const localRegion = 'eu-west-1';

/** The address of the gateway, which serves AWS clients and browsers. */
export interface GatewayAddress {
  /** `http://localhost:<port>` */
  readonly url: string;
  readonly port: number;
}

export function gatewayAddress(port: number): GatewayAddress {
  return { url: `http://localhost:${port}`, port };
}

/** Path prefix of routes that only the local stack has. */
export const localPathPrefix = '/_local';

/** The issuer URL in the tokens of the local stack. */
export function localIssuerUrl(gateway: GatewayAddress): string {
  return `${gateway.url}${localPathPrefix}/issuer`;
}
