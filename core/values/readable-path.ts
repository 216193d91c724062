// Formats JSON Pointers for display: `/containers/0/image` becomes `containers[0].image`.
import { keysOf } from './json-pointer.ts';

/** Returns the path for display. Keys that are not simple names are quoted. */
export function toReadablePath(pointer: string): string {
  const path = keysOf(pointer)
    .map((key) => {
      if (/^(?:0|[1-9]\d*)$/.test(key)) return `[${key}]`;
      return /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
    })
    .join('');
  return path === '' ? '(all)' : path.replace(/^\./, '');
}
