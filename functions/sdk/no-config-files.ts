// Replaces the SDK's reader of ~/.aws/config and ~/.aws/credentials in the bundles. Lambda has no such files. Saves
// 2 KB of code.

export const CONFIG_PREFIX_SEPARATOR = '.';

/** Returns what the SDK returns when both files are missing. */
export async function loadSharedConfigFiles(): Promise<{ configFile: object; credentialsFile: object }> {
  return { configFile: {}, credentialsFile: {} };
}
