// The only expected failure of synthesis: an invalid configuration.

/**
 * An invalid configuration. The message is for the author of the configuration and is shown without a stack
 * trace.
 */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
