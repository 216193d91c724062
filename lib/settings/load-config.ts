// Loads the configuration that the CDK context specifies. Reads at most one file.
import { readFileSync } from 'node:fs';
import { type Config, parseConfig } from './config.ts';
import { ConfigError } from './config-error.ts';

const defaultPath = 'config/dev.json';

/**
 * Returns the configuration for the value of context `config`: the path of a JSON file relative to the working
 * directory, JSON as text or as an object, or nothing for config/dev.json. Fails with a ConfigError.
 */
export function loadConfig(context: unknown): Config {
  if (typeof context === 'object' && context !== null) return parseConfig(context, 'context config');
  const value = context ?? defaultPath;
  if (typeof value !== 'string') {
    throw new ConfigError(
      `context config must be the path of a JSON file, or JSON; given: ${JSON.stringify(value)}`,
    );
  }
  return value.trimStart().startsWith('{')
    ? parseConfig(parseJson(value, 'context config'), 'context config')
    : parseConfig(parseJson(readText(value), value), value);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ConfigError(`context config must be the path of a JSON file, or JSON; cannot read ${path}`, {
      cause,
    });
  }
}

function parseJson(text: string, source: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new ConfigError(
      `the configuration in ${source} is not JSON: ${cause instanceof Error ? cause.message : cause}`,
      { cause },
    );
  }
}
