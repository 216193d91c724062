// Loads the configuration that is served with the page.
import {
  type DashboardConfig,
  dashboardConfigSchema,
  dashboardPaths,
} from '../../../core/deployment/dashboard-config.ts';

/** Loads the configuration. Rejects if it is missing or invalid. */
export async function loadConfig(): Promise<DashboardConfig> {
  const response = await fetch(dashboardPaths.config, { cache: 'no-cache' });
  if (!response.ok)
    throw new Error(`Loading ${dashboardPaths.config} failed with status ${response.status}.`);
  const config = dashboardConfigSchema.safeParse(await response.json());
  if (config.success) return config.data;
  throw new Error(`${dashboardPaths.config} is not a valid sign-in configuration.`, { cause: config.error });
}
