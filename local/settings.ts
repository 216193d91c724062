// Reads the arguments and environment variables of `npm start`.
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { LocalStackError } from './shared/errors.ts';

export interface Settings {
  readonly port: number;
  readonly dataDir: string;
  readonly dynamodbEndpoint: string | undefined;
  /** Do not load demonstration data. */
  readonly empty: boolean;
  readonly help: boolean;
}

export const usage = `Usage: npm start [-- --empty]

Synthesizes the stack and runs it on this machine. Loads demonstration data when no data is stored.

  --empty       do not load demonstration data
  -h, --help    show this help

Environment: PORT (default 3000), DATA_DIR (default .local), DYNAMODB_ENDPOINT (default: dynalite in DATA_DIR).`;

/** Fails with LocalStackError that names the argument or variable, the value given, and what is allowed. */
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
    throw new LocalStackError(`npm start accepts --empty and --help; got ${given}`, { cause });
  }
}

function readPort(text: string | undefined): number {
  if (!text) return 3000;
  const port = Number(text);
  if (/^\d+$/.test(text) && port >= 1 && port <= 65_535) return port;
  throw new LocalStackError(`PORT must be an integer from 1 to 65535; got ${text}`);
}
