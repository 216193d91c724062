// One line of output for one event. Whatever comes from a file or a server is made safe for a terminal.
import { escapeForTerminal } from '../core/terminal-text.ts';
import type { FileEvent } from './event-file.ts';

export type LineIds = { readonly eventId: string | undefined; readonly entryId: string | undefined };

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
