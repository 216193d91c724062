// Formats the output line of one event. Escapes all text from files and servers for the terminal.
import { escapeForTerminal } from '../../core/values/terminal-text.ts';
import type { FileEvent } from './event-file.ts';

export type LineIds = { readonly eventId: string | undefined; readonly entryId: string | undefined };

/** Says "once recorded" because the recorder can still reject a published event; then the entry does not exist. */
export function publishedLine({ file }: FileEvent, ids: LineIds, envelopeId: string): string {
  const { eventId = '-', entryId } = ids;
  const entry = entryId === undefined ? '-' : `${entryId} once recorded`;
  return escapeForTerminal(`published ${file} eventId=${eventId} envelopeId=${envelopeId} entryId=${entry}`);
}

export function failedLine({ file, number }: FileEvent, reason: string, eventId?: string): string {
  const which = number === undefined ? '' : ` event=${number}`;
  const id = eventId === undefined ? '' : ` eventId=${eventId}`;
  return escapeForTerminal(`failed ${file}${which}${id} ${reason}`);
}
