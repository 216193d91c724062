// Replaces the local issuer's URL in a template by the one of this gateway, because the URL contains the port.
import { parseTemplate, type Template } from '../cloudformation/template.ts';
import { type GatewayAddress, localIssuerUrl } from '../shared/environment.ts';

/** Replaces the URL of every local issuer in the template. Keeps other issuers. */
export function rebaseIssuer(template: unknown, gateway: GatewayAddress): Template {
  return parseTemplate(JSON.parse(rebaseIssuerText(JSON.stringify(template), gateway)));
}

/** The same for a JSON text. */
export function rebaseIssuerText(json: string, gateway: GatewayAddress): string {
  return json.replaceAll(/http:\/\/localhost(:\d+)?\/_local\/issuer(?=")/g, localIssuerUrl(gateway));
}
