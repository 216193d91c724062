// Who put a message back on the ingest queue, and who edited its event. The queue accepts messages only from the bus, which
// sets no message attributes, and from the redrive role, so these attributes come from a redrive.
import { omitUndefined } from '../values/json.ts';

/** What an entry keeps about the redrive of its event. */
export interface Redrive {
  /** The principal that sent the message last. */
  readonly redrivenBy: string;
  /** The principal that edited the event last. Absent if no one did. */
  readonly editedBy?: string | undefined;
}

/** The names of the message attributes. */
export const redriveAttributes = { redrivenBy: 'redrivenBy', editedBy: 'editedBy' } as const;

/** A principal whose ARN is not valid, so that the entry still shows that somebody redrove or edited the event. */
const unknownPrincipal = 'unknown';

/** Reads the attributes of a message; `undefined` if it has none of a redrive. */
export function readRedrive(attributes: Readonly<Record<string, string | undefined>>): Redrive | undefined {
  const redrivenBy = toPrincipal(attributes[redriveAttributes.redrivenBy]);
  const editedBy = toPrincipal(attributes[redriveAttributes.editedBy]);
  if (redrivenBy === undefined && editedBy === undefined) return undefined;
  return omitUndefined({ redrivenBy: redrivenBy ?? unknownPrincipal, editedBy });
}

/** Returns the attributes of a message. */
export function toRedriveAttributes(redrive: Redrive | undefined): Readonly<Record<string, string>> {
  if (redrive === undefined) return {};
  const { redrivenBy, editedBy } = redrive;
  return { redrivenBy, ...(editedBy !== undefined && { editedBy }) };
}

/** The longest ARN of a session has fewer characters: role names have up to 64 and paths up to 512. */
const maxPrincipalLength = 1024;

function toPrincipal(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  return /^arn:[\x21-\x7e]+$/.test(text) && text.length <= maxPrincipalLength ? text : unknownPrincipal;
}
