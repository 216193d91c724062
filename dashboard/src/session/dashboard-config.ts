// What the page has to know before anybody signs in: /config.json, served beside it.

export interface DashboardConfig {
  /** The OIDC issuer; its discovery document says the rest. */
  readonly issuer: string;
  readonly clientId: string;
  readonly scope: string;
}

/** Reads /config.json. Fails when it is not there or not complete. */
export async function loadConfig(): Promise<DashboardConfig> {
  const response = await fetch('/config.json', { cache: 'no-cache' });
  if (!response.ok) throw new Error(`/config.json answered ${response.status}`);
  const config: unknown = await response.json();
  if (!isConfig(config)) throw new Error('/config.json must have issuer, clientId and scope');
  return config;
}

function isConfig(value: unknown): value is DashboardConfig {
  if (typeof value !== 'object' || value === null) return false;
  const fields = value as Record<keyof DashboardConfig, unknown>;
  return [fields.issuer, fields.clientId, fields.scope].every((field) => typeof field === 'string');
}
