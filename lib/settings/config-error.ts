// The only expected failure of synthesis: an invalid configuration.

/** An invalid configuration, described for its author. It is shown without a stack trace. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
