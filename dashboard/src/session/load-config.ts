// What the page has to know before anybody signs in: the configuration that is served beside it.
import {
  type DashboardConfig,
  dashboardConfigSchema,
  dashboardPaths,
} from '../../../core/deployment/dashboard-config.ts';

/** Reads the configuration. Fails when it is not there or not complete. */
export async function loadConfig(): Promise<DashboardConfig> {
  const response = await fetch(dashboardPaths.config, { cache: 'no-cache' });
  if (!response.ok) throw new Error(`${dashboardPaths.config} answered ${response.status}.`);
  const config = dashboardConfigSchema.safeParse(await response.json());
  if (config.success) return config.data;
  throw new Error(`${dashboardPaths.config} does not say how to sign in.`, { cause: config.error });
}
