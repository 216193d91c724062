// Defines the dashboard's configuration: `/config.json` on its own origin, which the host of the dashboard provides.
import * as z from 'zod/mini';

/** Paths on the dashboard's origin that the host, the issuer and the dashboard must agree on. */
export const dashboardPaths = {
  /** The configuration, which is never cached. */
  config: '/config.json',
  /** The redirect URI, to which the issuer sends the browser with `code` and `state`. */
  callback: '/callback',
} as const;

/** How to sign in. Unrecognized fields are ignored, so that a newer stack can serve an older dashboard. */
export const dashboardConfigSchema = z.object({
  /** The OIDC issuer. The dashboard finds its endpoints by discovery. */
  issuer: z.string(),
  /** The public client for the authorization code flow with PKCE. It has no secret. */
  clientId: z.string(),
  /** Space-separated scopes, including `openid`. */
  scope: z.string(),
  /** Additional parameters of the authorization request, such as `audience` or `resource`. */
  parameters: z.optional(z.record(z.string(), z.string())),
  /**
   * The complete sign-out URL, for an issuer such as Cognito whose sign-out does not follow OIDC.
   * @default the discovered `end_session_endpoint`, if there is one
   */
  logoutUrl: z.optional(z.string()),
});

export type DashboardConfig = z.infer<typeof dashboardConfigSchema>;
