// The output of a command. Results and messages go to separate streams.
import { colorPaint, type Paint, plainPaint, wantsColor } from './paint.ts';

/** Where a command writes its results, messages and progress. */
export interface Output {
  /** Writes a result. Resolves when the stream accepts it. */
  write(text: string): Promise<void>;
  /** Prints a one-line message. The caller must escape it. */
  say(line: string): void;
  readonly paint: Paint;
  /** Width of the terminal that results go to; `undefined` if they do not go to a terminal. */
  readonly columns: number | undefined;
  /** Replaces the last line drawn; `undefined` clears it. Does nothing without a terminal. */
  draw(line: string | undefined): void;
  /** Width available for drawing; `undefined` without a terminal. */
  readonly drawColumns: number | undefined;
}

const clearLine = '\r\u001b[K';

/** Writes results to standard output, and messages and progress to standard error. */
export function standardOutput(environment: NodeJS.ProcessEnv): Output {
  const { stdout, stderr } = process;
  let isDrawn = false;
  const draw = (line: string | undefined) => {
    if (!stderr.isTTY || (line === undefined && !isDrawn)) return;
    stderr.write(clearLine + (line ?? ''));
    isDrawn = line !== undefined;
  };
  return {
    write: (text) =>
      new Promise((resolve, reject) => stdout.write(text, (error) => (error ? reject(error) : resolve()))),
    say: (line) => {
      draw(undefined);
      stderr.write(`${line}\n`);
    },
    paint: wantsColor(stdout.isTTY === true, environment) ? colorPaint : plainPaint,
    columns: stdout.isTTY ? stdout.columns || 80 : undefined,
    draw,
    drawColumns: stderr.isTTY ? stderr.columns || 80 : undefined,
  };
}
