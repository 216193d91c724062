import { describe, expect, it } from 'vitest';
import { runHistory, type Sabotage } from './sealing-history.ts';

describe('seal', () => {
  it('seals every entry exactly once and never forks, whatever is killed and whoever runs at once', async () => {
    for (let seed = 1; seed <= 25; seed++) expect(await runHistory(seed, 8), `seed ${seed}`).toEqual([]);
  });

  it('seals every entry exactly once when records of the stream are lost', async () => {
    for (let seed = 1; seed <= 12; seed++)
      expect(await runHistory(seed, 8, true), `seed ${seed}`).toEqual([]);
  });

  const sabotages: Record<string, Sabotage> = {
    'the sequencer writes without its condition': (ports) => ({
      ...ports,
      sequencer: {
        read: () => ports.sequencer.read(),
        write: async (value) => {
          const version = (await ports.sequencer.read())?.version ?? 0;
          return ports.sequencer.write(value, version);
        },
      },
    }),
    'listings are empty': (ports) => ({
      ...ports,
      objects: Object.assign(Object.create(ports.objects) as typeof ports.objects, {
        list: async () => ({ keys: [], hasMore: false }),
      }),
    }),
    'the stream leaves out records': (ports) => ({
      ...ports,
      stream: {
        listShards: () => ports.stream.listShards(),
        read: async (id, after, limit) => {
          const read = await ports.stream.read(id, after, limit);
          return read.status === 'trimmed' ? read : { ...read, records: read.records.slice(1) };
        },
      },
      entries: { scan: async () => ({ items: [], next: undefined }) },
    }),
    'conditional creates replace': (ports) => ({
      ...ports,
      objects: Object.assign(Object.create(ports.objects) as typeof ports.objects, {
        putNew: async (...[key, bytes, options]: Parameters<typeof ports.objects.putNew>) => {
          const current = await ports.objects.get(key);
          await ports.objects.replace(
            key,
            bytes.map((byte) => byte ^ 1),
            current?.etag,
            options,
          );
          return 'created';
        },
      }),
    }),
  };

  it.each(Object.entries(sabotages))('fails its own check when %s', async (_, sabotage) => {
    const outcomes: unknown[] = [];
    for (let seed = 1; seed <= 600 && outcomes.length === 0; seed++) {
      const outcome = runHistory(seed, 8, false, sabotage);
      outcomes.push(...(await outcome.catch((error: unknown) => [String(error)])));
    }
    expect(outcomes).not.toEqual([]);
  });
});
