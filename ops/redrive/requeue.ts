// Puts a message back on the ingest queue: sent first, deleted then, so that an interruption at any point loses nothing,
// and at worst sends an event twice.
import { rm } from 'node:fs/promises';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Next, RejectedEvent } from './classification.ts';
import { editEvent } from './edit-event.ts';
import type { QueueMessage, QueueWalk } from './queue-walk.ts';
import type { RedriveContext } from './redrive-context.ts';

/** Whether the message was put back, or would be in a dry run; why it was left is counted. Rejects when a call fails. */
export async function requeue(
  message: QueueMessage,
  next: Exclude<Next, { action: 'discard' }>,
  walk: QueueWalk,
  { isDryRun }: { readonly isDryRun: boolean },
  context: RedriveContext,
): Promise<boolean> {
  const { client, urls, output } = context;
  const sendable = await findSendable(next, context);
  if (sendable === undefined) return false;
  if (!isDryRun) {
    try {
      // Body only: attributes tell of the failure that is past, and the recorder reads none.
      await client.send(new SendMessageCommand({ QueueUrl: urls.ingest, MessageBody: sendable.body }));
      await walk.delete(message);
    } catch (error) {
      if (sendable.folder !== undefined) output.say(`Your edit is kept in ${sendable.folder}`);
      throw error;
    }
  }
  if (sendable.folder !== undefined) await rm(sendable.folder, { recursive: true, force: true });
  return true;
}

interface Sendable {
  readonly body: string;
  /** Where it was edited: of no more use once it is sent. */
  readonly folder?: string;
}

/** What to put on the ingest queue; `undefined` when the message is left, which is counted. */
async function findSendable(
  next: Exclude<Next, { action: 'discard' }>,
  context: RedriveContext,
): Promise<Sendable | undefined> {
  if (next.action === 'send') return { body: next.body };
  if (next.action === 'edit') return mend(next.event, context);
  context.tally.leave(next.why);
  return undefined;
}

async function mend(
  event: RejectedEvent,
  { tally, output, editor }: RedriveContext,
): Promise<Sendable | undefined> {
  if (editor === undefined) throw new Error('an edit without an editor');
  output.draw(undefined);
  const edit = await editEvent(event, editor);
  if (edit.status === 'mended') return { body: JSON.stringify(edit.event), folder: edit.folder };
  if (edit.status === 'kept')
    output.say(`Not sent, it still breaks the contract. Your edit is in ${edit.file}`);
  tally.leave(edit.status === 'kept' ? 'edited, and still breaking the contract' : 'not edited');
  return undefined;
}
