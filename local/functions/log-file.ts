// Appends the output of functions to DATA_DIR/logs/<function>.log, line by line.
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

export interface LogFile {
  /** Writes the line synchronously. */
  write(line: string): void;
  /** Writes the lines of a stream until it ends, and calls `onLine` with each. */
  capture(stream: Readable, onLine?: (line: string) => void): void;
  close(): void;
}

export function openLog(dataDir: string, name: string): LogFile {
  mkdirSync(join(dataDir, 'logs'), { recursive: true });
  let file: number | undefined = openSync(join(dataDir, 'logs', `${name}.log`), 'a');
  const write = (line: string) => {
    if (file !== undefined) writeSync(file, `${line}\n`);
  };
  return {
    write,
    capture: (stream, onLine) => {
      // Not readline, which also ends lines at U+2028 inside JSON.
      let rest = '';
      const take = (line: string) => {
        write(line);
        onLine?.(line);
      };
      stream.setEncoding('utf8').on('data', (text: string) => {
        const lines = (rest + text).split('\n');
        rest = lines.pop() ?? '';
        for (const line of lines) take(line.replace(/\r$/, ''));
      });
      stream.on('end', () => {
        if (rest !== '') take(rest);
      });
    },
    close: () => {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}
