// Tokens name the issuer by its URL, port included; a template synthesized for another port is told this one.
import { parseTemplate, type Template } from '../cloudformation/template.ts';
import { type GatewayAddress, localIssuerUrl } from '../shared/environment.ts';

/** The template with every local issuer's URL on this front's port; an issuer elsewhere stays what it is. */
export function rebaseIssuer(template: unknown, front: GatewayAddress): Template {
  return parseTemplate(JSON.parse(rebaseIssuerText(JSON.stringify(template), front)));
}

/** The same for JSON text. */
export function rebaseIssuerText(json: string, front: GatewayAddress): string {
  return json.replaceAll(/http:\/\/localhost(:\d+)?\/_local\/issuer(?=")/g, localIssuerUrl(front));
}
