// One line of output for one event. Whatever comes from a file or a server is made safe for a terminal.
import type { FileEvent } from './event-file.ts';

export type LineIds = { readonly eventId: string | undefined; readonly entryId: string | undefined };

// Control characters, line separators, and marks that turn the direction of text.
const unsafe = /[\p{Cc}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** The text with everything escaped that could move the cursor, break the line or reorder it. */
export function escapeForTerminal(text: string): string {
  return text.replace(unsafe, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

export function publishedLine({ file }: FileEvent, ids: LineIds, envelopeId: string): string {
  const { eventId = '-', entryId = '-' } = ids;
  return escapeForTerminal(
    `published ${file} eventId=${eventId} entryId=${entryId} envelopeId=${envelopeId}`,
  );
}

export function failedLine({ file, number }: FileEvent, reason: string, eventId?: string): string {
  const which = number === undefined ? '' : ` event=${number}`;
  const id = eventId === undefined ? '' : ` eventId=${eventId}`;
  return escapeForTerminal(`failed ${file}${which}${id} ${reason}`);
}
