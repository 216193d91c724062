// The one expected failure of synthesis: a configuration that cannot be used.

/** What is wrong with the configuration, in words for its author; a stack trace would say nothing more. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
