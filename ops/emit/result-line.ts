// One line of output for one event. Whatever comes from a file or a server is made safe for a terminal.
import { escapeForTerminal } from '../../core/values/terminal-text.ts';
import type { FileEvent } from './event-file.ts';

export type LineIds = { readonly eventId: string | undefined; readonly entryId: string | undefined };

/** Published is not recorded: the recorder may still refuse the event, and then there is no such entry. */
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
