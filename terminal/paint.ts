// Colours, when they are wanted: on a terminal that shows them, unless NO_COLOR says no (https://no-color.org).
import { styleText } from 'node:util';

export type Color = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'magenta' | 'cyan';

/** The text in a colour, or as it is. */
export type Paint = (color: Color | undefined, text: string) => string;

export const plainPaint: Paint = (_, text) => text;

export const colorPaint: Paint = (color, text) =>
  color === undefined || text === '' ? text : styleText(color, text, { validateStream: false });

/** Whether a stream shall be coloured: NO_COLOR before FORCE_COLOR before what the stream is. */
export function wantsColor(isTerminal: boolean, environment: NodeJS.ProcessEnv): boolean {
  if (environment.NO_COLOR) return false;
  if (environment.FORCE_COLOR) return environment.FORCE_COLOR !== '0';
  return isTerminal && environment.TERM !== 'dumb';
}
