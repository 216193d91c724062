// Where the local stack pretends to be. Everything that needs an account or a region takes it from here.

/** The account that owns the stack; design.md's demonstration uses the same one. */
export const localAccountId = '210987654321';
export const localRegion = 'eu-west-1';

/** Where requests of AWS clients, dashboards and people arrive. */
export interface GatewayAddress {
  /** `http://localhost:<port>` */
  readonly url: string;
  readonly port: number;
}

export function gatewayAddress(port: number): GatewayAddress {
  return { url: `http://localhost:${port}`, port };
}

/** Path prefix of what exists only on this machine. */
export const localPathPrefix = '/_local';

/** The issuer that the local stack's tokens name, for a front on this port. */
export function localIssuerUrl(front: GatewayAddress): string {
  return `${front.url}${localPathPrefix}/issuer`;
}
