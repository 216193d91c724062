// Sends a message to the ingest queue and then deletes it from its own queue. An interruption therefore loses nothing
// and at worst sends an event twice, which the recorder deduplicates. The message says who sent it and who edited it.
import { rm } from 'node:fs/promises';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { readRedrive, toRedriveAttributes } from '../../core/recording/redrive.ts';
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
      await client.send(
        new SendMessageCommand({
          QueueUrl: urls.ingest,
          MessageBody: sendable.body,
          MessageAttributes: await markAttributes(message, sendable, context),
        }),
      );
      await walk.delete(message);
    } catch (error) {
      if (sendable.folder !== undefined) output.say(`Your edit is in ${sendable.folder}`);
      throw error;
    }
  }
  if (sendable.folder !== undefined) await rm(sendable.folder, { recursive: true, force: true });
  return true;
}

/** SQS's limit for a message with its attributes, in bytes. */
const maxMessageBytes = 1024 * 1024;

/**
 * Who sends the message and who edited it, now or before an earlier redrive. No other attribute is kept, because they
 * describe a past failure. A message without room for them is sent without, and that is printed.
 */
async function markAttributes(
  { attributes }: QueueMessage,
  { body, folder }: Sendable,
  { principal, output }: RedriveContext,
) {
  const redrivenBy = await principal();
  const editedBy = folder === undefined ? readRedrive(attributes)?.editedBy : redrivenBy;
  const marks = Object.entries(toRedriveAttributes({ redrivenBy, editedBy }));
  const bytes = marks.reduce((sum, [name, value]) => sum + Buffer.byteLength(`${name}String${value}`), 0);
  if (Buffer.byteLength(body) + bytes > maxMessageBytes) {
    output.say('An event is too large to be marked with who requeued it; its entry will not show that.');
    return undefined;
  }
  return Object.fromEntries(marks.map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]));
}

interface Sendable {
  readonly body: string;
  /** Folder of the edited file, to be removed after sending. Absent if the event was not edited. */
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
