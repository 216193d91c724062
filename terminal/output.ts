// Where a command writes to: results to one place, what is said about them to another.
import { colorPaint, type Paint, plainPaint, wantsColor } from './paint.ts';

export interface Output {
  /** Writes a result. Resolves when it is handed over. */
  write(text: string): Promise<void>;
  /** Says something about the results: one line, made safe before. */
  say(line: string): void;
  readonly paint: Paint;
  /** Columns of the terminal that results go to; `undefined` when they go elsewhere. */
  readonly columns: number | undefined;
  /** Draws over the last line drawn; nothing where there is no terminal to draw on. `undefined` takes it away. */
  draw(line: string | undefined): void;
  /** Columns to draw in; `undefined` where nothing is drawn. */
  readonly drawColumns: number | undefined;
}

const clearLine = '\r\u001b[K';

/** Standard output for results, standard error for the rest. */
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
