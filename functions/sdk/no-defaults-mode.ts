// Replaces the SDK's defaults modes in the bundles. The functions set their timeouts and retries themselves
// (functions/shared/clients.ts), so they use the SDK's default mode, `legacy`.

/** Returns a provider of the mode. It fails if AWS_DEFAULTS_MODE asks for another one. */
export function resolveDefaultsModeConfig(): () => Promise<'legacy'> {
  return async () => {
    const mode = process.env.AWS_DEFAULTS_MODE || 'legacy';
    if (mode !== 'legacy') throw new Error(`the defaults mode "${mode}" is not included in this bundle`);
    return 'legacy';
  };
}
