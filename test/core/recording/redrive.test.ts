import { describe, expect, it } from 'vitest';
import { Recorder } from '../../../core/recording/recorder.ts';
import { readRedrive, toRedriveAttributes } from '../../../core/recording/redrive.ts';
import { MemoryDirectory } from '../../../store/memory-directory.ts';
import { MemoryEntryStore } from '../../../store/memory-entry-store.ts';
import { getFullEntry } from '../../support/entries.ts';
import { makeEvent, now, policy } from '../../support/fixtures.ts';

const asha = 'arn:aws:sts::210987654321:assumed-role/Redrive/asha';
const ben = 'arn:aws:iam::210987654321:user/ben';

describe('readRedrive', () => {
  it('reads what toRedriveAttributes returns', () => {
    for (const redrive of [undefined, { redrivenBy: asha }, { redrivenBy: asha, editedBy: ben }]) {
      expect(readRedrive({ code: 'NOT_JSON', ...toRedriveAttributes(redrive) })).toEqual(redrive);
    }
  });

  it.each([
    '',
    'asha',
    'arn:aws:sts::1:assumed-role/a b',
    `arn:${'x'.repeat(2000)}`,
    'arn:\u001b[2J',
    'arn:\u202e',
  ])('shows a redrive by %j as by an unknown principal', (principal) => {
    expect(readRedrive({ redrivenBy: principal })).toEqual({ redrivenBy: 'unknown' });
    expect(readRedrive({ editedBy: principal })).toEqual({ redrivenBy: 'unknown', editedBy: 'unknown' });
  });
});

describe('Recorder', () => {
  const sent: { body: string; attributes: Readonly<Record<string, string>> }[] = [];
  const queue = {
    send: async (body: string, attributes: Readonly<Record<string, string>>) =>
      void sent.push({ body, attributes }),
  };
  const entries = new MemoryEntryStore();
  const ports = { entries, directory: new MemoryDirectory(), rejected: queue, deadLetters: queue };
  const recorder = new Recorder(ports, policy, () => now);
  const redrive = { redrivenBy: asha, editedBy: ben };

  it('keeps in the entry who redrove and who edited the event, and not in its content hash', async () => {
    const event = makeEvent({ eventId: 'redriven' });
    const [outcome] = await recorder.record([{ body: JSON.stringify(event), redrive }]);
    const id = outcome?.status === 'recorded' ? outcome.entry.id : '';
    const entry = await getFullEntry(entries, 'acme', id);
    expect(entry?.producer).toEqual({
      account: event.account,
      envelopeId: event.id,
      time: event.time,
      redrivenBy: asha,
      editedBy: ben,
    });
    const [resent] = await recorder.record([JSON.stringify({ ...event, id: 'another-envelope' })]);
    expect(resent?.status).toBe('duplicate');
  });

  it('has no redrive in the entry of an event from the bus', async () => {
    const event = makeEvent({ eventId: 'direct' });
    const [outcome] = await recorder.record([JSON.stringify(event)]);
    const id = outcome?.status === 'recorded' ? outcome.entry.id : '';
    const producer = (await getFullEntry(entries, 'acme', id))?.producer ?? {};
    expect(Object.keys(producer)).toEqual(['account', 'envelopeId', 'time']);
  });

  it('passes it on with a message that is rejected or dead-lettered again', async () => {
    sent.length = 0;
    const invalid = JSON.stringify(makeEvent({ detail: { region: 'nowhere' } }));
    await recorder.record([
      { body: invalid, redrive },
      { body: '{"broken', redrive },
    ]);
    expect(sent.map(({ attributes }) => attributes)).toEqual([
      { code: 'INVALID_VALUE', ...redrive },
      { code: 'NOT_JSON', ...redrive },
      { code: 'NOT_JSON', ...redrive },
    ]);
  });
});
