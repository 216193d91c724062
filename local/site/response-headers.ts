// Applies a response headers policy.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
import type { responseHeadersPolicyKind } from '../cloudformation/kinds/cloudfront.ts';

export type HeadersPolicy =
  (typeof responseHeadersPolicyKind)['properties']['_zod']['output']['ResponseHeadersPolicyConfig'];

/** Adds the headers of the policy. A header of the origin is only replaced when the policy overrides it. */
export function applyHeadersPolicy(
  headers: Readonly<Record<string, string>>,
  policy: HeadersPolicy,
): Record<string, string> {
  const result = { ...headers };
  for (const { name, value, overrides } of headersOf(policy)) {
    if (overrides || result[name] === undefined) result[name] = value;
  }
  return result;
}

function headersOf({ SecurityHeadersConfig: security = {}, CustomHeadersConfig: custom }: HeadersPolicy) {
  const found: { name: string; value: string; overrides: boolean }[] = [];
  const add = (name: string, value: string, { Override }: { readonly Override: boolean }) =>
    found.push({ name: name.toLowerCase(), value, overrides: Override });
  const {
    ContentSecurityPolicy: csp,
    ContentTypeOptions: types,
    FrameOptions: frames,
    ReferrerPolicy: referrer,
    StrictTransportSecurity: transport,
  } = security;
  if (csp) add('content-security-policy', csp.ContentSecurityPolicy, csp);
  if (types) add('x-content-type-options', 'nosniff', types);
  if (frames) add('x-frame-options', frames.FrameOption, frames);
  if (referrer) add('referrer-policy', referrer.ReferrerPolicy, referrer);
  if (transport) {
    const directives = [
      `max-age=${transport.AccessControlMaxAgeSec}`,
      ...(transport.IncludeSubdomains ? ['includeSubDomains'] : []),
      ...(transport.Preload ? ['preload'] : []),
    ];
    add('strict-transport-security', directives.join('; '), transport);
  }
  for (const item of custom?.Items ?? []) add(item.Header, item.Value, item);
  return found;
}
