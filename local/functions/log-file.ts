// Keeps what a function prints, line by line, in DATA_DIR/logs/<function>.log.
import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';

export interface LogFile {
  /** The line is in the file when this returns. */
  write(line: string): void;
  /** Takes lines from the stream until it ends. `onLine` sees each of them too. */
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
      // Not readline: it takes U+2028 inside a JSON text for the end of a line.
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
