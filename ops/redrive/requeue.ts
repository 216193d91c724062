// Sends a message to the ingest queue and then deletes it from its own queue. An interruption therefore loses nothing
// and at worst sends an event twice, which the recorder deduplicates.
import { rm } from 'node:fs/promises';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import type { Next, RejectedEvent } from './classification.ts';
import { editEvent } from './edit-event.ts';
import type { QueueMessage, QueueWalk } from './queue-walk.ts';
import type { RedriveContext } from './redrive-context.ts';

/**
 * Resolves to whether the message was requeued, or would be without the dry run. Counts in the tally why a message was
 * left. Rejects when a call fails.
 */
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
      // Body only: the attributes describe the past failure, and the recorder reads none.
      await client.send(new SendMessageCommand({ QueueUrl: urls.ingest, MessageBody: sendable.body }));
      await walk.delete(message);
    } catch (error) {
      if (sendable.folder !== undefined) output.say(`Your edit is in ${sendable.folder}`);
      throw error;
    }
  }
  if (sendable.folder !== undefined) await rm(sendable.folder, { recursive: true, force: true });
  return true;
}

interface Sendable {
  readonly body: string;
  /** Folder of the edited file, to be removed after sending. */
  readonly folder?: string;
}

/** The body to send; `undefined` when the message is left, which is counted in the tally. */
async function findSendable(
  next: Exclude<Next, { action: 'discard' }>,
  context: RedriveContext,
): Promise<Sendable | undefined> {
  if (next.action === 'send') return { body: next.body };
  if (next.action === 'edit') return editAndCheck(next.event, context);
  context.tally.leave(next.why);
  return undefined;
}

async function editAndCheck(
  event: RejectedEvent,
  { tally, output, editor }: RedriveContext,
): Promise<Sendable | undefined> {
  if (editor === undefined) throw new Error('--edit without an editor');
  output.draw(undefined);
  const edit = await editEvent(event, editor);
  if (edit.status === 'edited') return { body: JSON.stringify(edit.event), folder: edit.folder };
  if (edit.status === 'kept')
    output.say(`Not sent: the event is still invalid. Your edit is in ${edit.file}`);
  tally.leave(edit.status === 'kept' ? 'edited but still invalid' : 'not edited');
  return undefined;
}
