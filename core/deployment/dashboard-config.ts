// What the dashboard is told when it starts: `/config.json` on its own origin, written by whoever hosts it.
import * as z from 'zod/mini';

/** Paths of the dashboard's origin that hosting, issuer and dashboard must agree on. */
export const dashboardPaths = {
  /** The configuration; never cached. */
  config: '/config.json',
  /** Where the issuer sends the browser back to, with `code` and `state`. */
  callback: '/callback',
} as const;

/** How to sign in. Fields that are not known are ignored, so that a newer stack may serve an older dashboard. */
export const dashboardConfigSchema = z.object({
  /** The OIDC issuer; its endpoints are found by discovery. */
  issuer: z.string(),
  /** The public client, for authorization code with PKCE; it has no secret. */
  clientId: z.string(),
  /** Space-separated scopes; `openid` is one of them. */
  scope: z.string(),
  /** Further parameters of the authorization request, such as `audience` or `resource`. */
  parameters: z.optional(z.record(z.string(), z.string())),
  /**
   * Where to send the browser to sign out, complete; for an issuer (Cognito) whose sign-out does not follow OIDC's.
   * Absent: the discovered `end_session_endpoint`, if there is one.
   */
  logoutUrl: z.optional(z.string()),
});

export type DashboardConfig = z.infer<typeof dashboardConfigSchema>;
