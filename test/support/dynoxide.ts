// Runs dynoxide, an open-source DynamoDB engine with PartiQL, streams and consumed capacity by index. Install it
// with `cargo install dynoxide-rs --version 3.2.0 --locked` (MIT or Apache-2.0).
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { ListTablesCommand } from '@aws-sdk/client-dynamodb';
import { findFreePort } from '../../local/shared/free-port.ts';
import { clientFor } from './dynamodb.ts';

/** A running engine. */
export interface DynamoDbEngine {
  readonly endpoint: string;
  stop(): Promise<void>;
}

const startSeconds = 30;

/**
 * Returns the path of the program: DYNOXIDE, else in PATH, else where cargo installs it. The error says what to
 * install.
 */
export function findDynoxide(environment: NodeJS.ProcessEnv = process.env): string {
  const folders = [...(environment.PATH ?? '').split(delimiter), join(homedir(), '.cargo', 'bin')];
  const candidates = [environment.DYNOXIDE, ...folders.map((folder) => join(folder, 'dynoxide'))];
  const found = candidates.find((path) => path !== undefined && existsSync(path));
  if (found !== undefined) return found;
  throw new Error(
    'dynoxide is not installed. Install Rust, then run: cargo install dynoxide-rs --version 3.2.0 --locked',
  );
}

/**
 * Starts the engine on a free port of this machine and waits until it responds. Without a folder, it keeps its
 * data in memory.
 */
export async function startDynoxide(folder?: string): Promise<DynamoDbEngine> {
  const port = await findFreePort();
  const database = folder === undefined ? [] : ['--db-path', join(folder, 'dynoxide.db')];
  const child = spawn(findDynoxide(), ['--port', String(port), '--host', '127.0.0.1', ...database], {
    stdio: 'ignore',
  });
  // Without this, it would outlive a parent that does not stop it.
  const kill = () => child.kill();
  process.once('exit', kill);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const endpoint = `http://127.0.0.1:${port}`;
  const client = clientFor(endpoint);
  for (let tenths = 0; ; tenths++) {
    try {
      await client.send(new ListTablesCommand({}));
      break;
    } catch (cause) {
      if (tenths === startSeconds * 10 || child.exitCode !== null) {
        throw new Error('dynoxide does not start', { cause });
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
  client.destroy();
  return {
    endpoint,
    stop: async () => {
      process.off('exit', kill);
      child.kill();
      await exited;
    },
  };
}
