// Attackers on a sealed log in memory. (a) holds the table; (b) also the bucket, and recomputes every tile; (c) also the
// key, and seals another history with the real sealer.
import { hash } from 'node:crypto';
import type { Sealable } from '../../../core/entry/committed-text.ts';
import { ItemCheck } from '../../../core/log/check-items.ts';
import { checkLog, type Disagreement } from '../../../core/log/check-log.ts';
import { originOf } from '../../../core/log/checkpoint.ts';
import { tileKey } from '../../../core/log/object-keys.ts';
import type { ItemImage } from '../../../core/log/ports.ts';
import { seal } from '../../../core/log/sealer.ts';
import { emptyEdge, encodeBundle, growTree, newTiles, tileWidth } from '../../../core/log/tiles.ts';
import { concatBytes } from '../../../core/values/bytes.ts';
import { MemoryLogObjects, MemorySequencer, MemorySigner, MemoryTable } from './memory-log.ts';
import { readWholeLog } from './read-whole-log.ts';

export const kinds = ['change', 'removal', 'addition', 'reordering', 'backdating'] as const;
export type AttackKind = (typeof kinds)[number];
export type Random = (limit: number) => number;

const identity = { stage: 'test', account: '111122223333', region: 'eu-west-1' };
const startMillis = 1_800_000_000_000;
const minute = 60_000;
export const key = { name: originOf(identity, 'acme'), publicKey: await new MemorySigner().publicKey() };

/** As for real entries, the text contains the recording time. */
function describeItem({ pk, text, at }: ItemImage): Sealable {
  const nonce = new Uint8Array(16);
  const recordedAtMillis = Number(at);
  return { kind: 'entry', organizationId: 'acme', recordedAtMillis, nonce, text: `${pk} ${text} ${at}` };
}

/** A table and its sealed log. */
export interface AttackedLog {
  readonly items: Map<string, ItemImage>;
  readonly objects: MemoryLogObjects;
  /** The checkpoint after each batch. */
  readonly checkpoints: readonly string[];
  readonly now: number;
  readonly leaves: readonly Uint8Array[];
}

/** Seals histories of items, a batch a minute. */
export async function sealItems(batches: readonly (readonly ItemImage[])[]): Promise<AttackedLog> {
  const [objects, sequencer, signer, table] = [
    new MemoryLogObjects(),
    new MemorySequencer(),
    new MemorySigner(),
    new MemoryTable(1),
  ];
  const checkpoints: string[] = [];
  let now = startMillis;
  for (const items of batches) {
    now += minute;
    for (const item of items) table.insert(item);
    await seal(
      {
        objects,
        sequencer,
        signer,
        stream: table,
        entries: table,
        describe: describeItem,
        now: () => now,
      },
      { identity, holder: 'test', leaseMillis: 1, batchRecords: 5000, untilMillis: Number.POSITIVE_INFINITY },
    );
    checkpoints.push(Buffer.from(objects.objects.get('logs/acme/checkpoint') ?? []).toString());
  }
  const { leaves } = await readWholeLog(objects, 'acme', key);
  return { items: table.items, objects, checkpoints, now: now + 60 * minute, leaves };
}

/** Items of a history: `sizes` are those of its batches. */
export function makeHistory(sizes: readonly number[]): ItemImage[][] {
  let number = 0;
  return sizes.map((size, batch) =>
    Array.from({ length: size }, (_, each) => {
      const at = startMillis + batch * minute + each;
      return { pk: `acme#${number}`, text: `entry ${number++}`, at };
    }),
  );
}

/** What verification names: the items and objects that disagree. */
export async function verify(log: AttackedLog, since: readonly string[] = []): Promise<Disagreement[]> {
  const checked = await checkLog({ objects: log.objects, organizationId: 'acme', key, since });
  const check = new ItemCheck(new Map([['acme', checked]]), describeItem, log.now);
  const wrong = [...log.items].flatMap(([pk, item]) => check.check(item, pk) ?? []);
  return [...checked.disagreements, ...wrong, ...check.listMissing('acme')];
}

/** Returns a copy that an attack can change. */
export function copy({ items, objects, ...rest }: AttackedLog): AttackedLog {
  const copied = new MemoryLogObjects();
  for (const [name, bytes] of objects.objects) copied.objects.set(name, bytes);
  return { ...rest, items: new Map(items), objects: copied };
}

/** (a): changes the table only. */
export function attackTable({ items, now }: AttackedLog, kind: AttackKind, random: Random): void {
  const keys = [...items.keys()];
  const pick = () => keys[random(keys.length)] ?? '';
  const target = pick();
  const item = items.get(target) ?? {};
  const other = keys[(keys.indexOf(target) + 1 + random(keys.length - 1)) % keys.length] ?? '';
  const past = Number(item.at) - (1 + random(1_000_000_000));
  if (kind === 'change') items.set(target, { ...item, text: `${item.text} ${random(1e9)}` });
  else if (kind === 'removal') items.delete(target);
  else if (kind === 'addition')
    items.set('acme#new', { pk: 'acme#new', text: `new ${random(1e9)}`, at: now - 20 * minute });
  else if (kind === 'reordering') {
    const second = items.get(other) ?? {};
    items.set(target, { ...item, at: second.at }).set(other, { ...second, at: item.at });
  } else items.set(target, { ...item, at: past });
}

/** (b): makes the same change in the table and in the bundles, and recomputes every tile. */
export function attackBucket(log: AttackedLog, kind: AttackKind, random: Random): void {
  const changed = [...log.leaves];
  const at = random(changed.length);
  const forged = () =>
    concatBytes(Uint8Array.of(1, 1, 0, 0, 0, 0), hash('sha256', String(random(1e9)), 'buffer'));
  const place = random(changed.length);
  if (kind === 'change') changed[at] = forged();
  else if (kind === 'removal') changed.splice(at, 1);
  else if (kind === 'addition') changed.splice(at, 0, forged());
  else {
    const [moved = forged()] = changed.splice(at, 1);
    const to = place === at ? (at + 1) % (changed.length + 1) : place;
    changed.splice(
      kind === 'backdating' ? Math.min(at === 0 ? 1 : random(at), changed.length) : to,
      0,
      moved,
    );
  }
  attackTable(log, kind, random);
  writeTiles(log.objects, changed);
}

function writeTiles(objects: MemoryLogObjects, leaves: readonly Uint8Array[]): void {
  const { byLevel } = growTree(emptyEdge, leaves);
  for (const name of newTiles(0, leaves.length)) {
    const all = name.level === 'entries' ? leaves : (byLevel[name.level] ?? []);
    const items = all.slice(name.index * tileWidth, name.index * tileWidth + name.width);
    objects.objects.set(
      tileKey('acme', name),
      name.level === 'entries' ? encodeBundle(items) : concatBytes(...items),
    );
  }
}

/** (c): seals another history with the key. Only what is sealed by `protectedBatches` differs from the original. */
export async function attackWithKey(
  history: readonly (readonly ItemImage[])[],
  protectedBatches: number,
  kind: AttackKind,
  random: Random,
): Promise<AttackedLog> {
  const batches = history.map((items) => [...items]);
  const chosen = batches[random(protectedBatches)] ?? [];
  const at = random(chosen.length);
  const item = chosen[at] ?? {};
  const number = random(1e9);
  const forged = { pk: `acme#forged ${number}`, text: `forged ${number}`, at: Number(item.at) };
  if (kind === 'change') chosen[at] = { ...item, text: `${item.text} ${number}` };
  else if (kind === 'removal') chosen.splice(at, 1);
  else if (kind === 'addition') chosen.splice(at, 0, forged);
  else if (kind === 'backdating') chosen[at] = { ...item, at: Number(item.at) - 1 - random(1000) };
  else {
    const second = (at + 1 + random(chosen.length - 1)) % chosen.length;
    const other = chosen[second] ?? {};
    chosen[at] = { ...item, at: other.at };
    chosen[second] = { ...other, at: item.at };
  }
  return sealItems(batches);
}
