// Colors text on a terminal that supports it, unless NO_COLOR is set (https://no-color.org).
import { styleText } from 'node:util';

/** The supported colors and styles. */
export type Color = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'magenta' | 'cyan';

/** Returns the text in a color, or unchanged. */
export type Paint = (color: Color | undefined, text: string) => string;

/** Returns the text unchanged. */
export const plainPaint: Paint = (_, text) => text;

/** Returns the text with ANSI escape codes. */
export const colorPaint: Paint = (color, text) =>
  color === undefined || text === '' ? text : styleText(color, text, { validateStream: false });

/** Whether to color a stream. NO_COLOR takes precedence over FORCE_COLOR, and both over terminal detection. */
export function wantsColor(isTerminal: boolean, environment: NodeJS.ProcessEnv): boolean {
  if (environment.NO_COLOR) return false;
  if (environment.FORCE_COLOR) return environment.FORCE_COLOR !== '0';
  return isTerminal && environment.TERM !== 'dumb';
}
