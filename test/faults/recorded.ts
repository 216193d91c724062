// Records the events of a seed in memory, without a storm. The settled state tests the verifier.
import { producersSchema } from '../../core/access/producers.ts';
import { defaultRoleMap } from '../../core/access/role-map.ts';
import { Recorder } from '../../core/recording/recorder.ts';
import { fixedShards } from '../../core/storage/shard-counts.ts';
import type { PeekedMessage } from '../../local/queues/queues.ts';
import { directoryKeyOf } from '../../store/directory-item.ts';
import { MemoryEntryStore } from '../../store/memory-entry-store.ts';
import { MemoryOverflowStore } from '../../store/memory-overflow-store.ts';
import { recordOne } from '../support/record.ts';
import { Expectations } from './expectations.ts';
import { makeStormEvent, ownAccount } from './storm-event.ts';

type Item = Record<string, unknown>;
type Message = Pick<PeekedMessage, 'body' | 'messageAttributes'>;

export interface Recorded {
  readonly expected: Expectations;
  readonly items: Item[];
  readonly overflow: MemoryOverflowStore;
  readonly rows: Item[];
  readonly rejected: Message[];
  readonly deadLetters: Message[];
}

const config = {
  roleMap: defaultRoleMap,
  producers: producersSchema.parse([
    { account: ownAccount, organizations: '*' },
    { account: '111122223333', organizations: ['globex'] },
  ]),
};

/** Records each event of the seed. For a contested identity, records both contents, the original first. */
export async function recordAll(seed: number, events: number): Promise<Recorded> {
  const now = Date.now();
  const baseMillis = new Float64Array(events).fill(now);
  const rows = new Map<string, Item>();
  const overflow = new MemoryOverflowStore();
  const entries = new MemoryEntryStore(fixedShards(), overflow);
  const queue = () => {
    const messages: Message[] = [];
    const send = async (body: string, attributes: Readonly<Record<string, string>>) => {
      const named = Object.entries(attributes).map(([name, StringValue]) => [name, { StringValue }]);
      messages.push({ body, messageAttributes: Object.fromEntries(named) });
    };
    return { messages, send };
  };
  const [rejected, deadLetters] = [queue(), queue()];
  const recorder = new Recorder(
    {
      rejected,
      deadLetters,
      entries,
      directory: {
        findMissing: async (_, seen) => seen,
        ensure: async (organizationId, seen) => {
          for (const row of seen) {
            const key = directoryKeyOf(organizationId, row);
            rows.set(JSON.stringify(key), { ...key });
          }
        },
      },
    },
    config,
    () => now,
  );
  for (let number = 0; number < events; number++) {
    const event = makeStormEvent(seed, number, now);
    const { source, detailType, account, detail, rival, body } = event;
    const bodies = [detail, ...(rival === undefined ? [] : [rival])].map((content) =>
      JSON.stringify({
        id: `e-${number}`,
        source,
        'detail-type': detailType,
        account,
        time: new Date(now).toISOString(),
        detail: content,
      }),
    );
    for (const one of body === undefined ? bodies : [body]) await recordOne(recorder, one);
  }
  return {
    expected: new Expectations({ seed, baseMillis, began: now, ended: now }),
    items: [...entries.items.values()],
    overflow,
    rows: [...rows.values()],
    rejected: rejected.messages,
    deadLetters: deadLetters.messages,
  };
}
