// What a person can set: arguments of `npm start` and environment variables.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { LocalStackError } from './shared/errors.ts';

export interface Settings {
  readonly port: number;
  readonly dataDir: string;
  readonly dynamodbEndpoint: string | undefined;
  /** Load nothing. */
  readonly empty: boolean;
  readonly help: boolean;
}

export const usage = `Usage: npm start [-- --empty]

Synthesizes the stack for this machine and runs it. On empty data it loads a demonstration.

  --empty   load nothing

Environment: PORT (default 3000), DATA_DIR (default .local), DYNAMODB_ENDPOINT (default: dynalite in DATA_DIR).`;

/** Fails with a LocalStackError naming the argument or variable, what was given and what is allowed. */
export function readSettings(args: readonly string[], env: NodeJS.ProcessEnv): Settings {
  const { empty, help } = readArguments(args);
  return {
    port: readPort(env.PORT),
    dataDir: resolve(env.DATA_DIR || '.local'),
    dynamodbEndpoint: env.DYNAMODB_ENDPOINT || undefined,
    empty,
    help,
  };
}

function readArguments(args: readonly string[]): { empty: boolean; help: boolean } {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: {
        empty: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return values;
  } catch (cause) {
    const given = args.join(' ');
    throw new LocalStackError(`npm start knows --empty and --help; given: ${given}`, { cause });
  }
}

function readPort(text: string | undefined): number {
  if (!text) return 3000;
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new LocalStackError(`PORT must be a whole number from 1 to 65535; given: ${text}`);
}
