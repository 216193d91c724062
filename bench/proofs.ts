// `npm run bench:proofs` measures the size and the reads of a proof in a large sealed log. The sealer and the reader
// are the product's; bucket, stream, and key are in memory. Prints a table and asserts nothing.
import { parseArgs } from 'node:util';
import { LogReader } from '../core/log/log-reader.ts';
import { seal } from '../core/log/sealer.ts';
import {
  describeMemoryItem,
  MemoryLogObjects,
  MemorySequencer,
  MemorySigner,
  MemoryTable,
} from '../test/core/log/memory-log.ts';
import { key } from '../test/core/log/sealed-entries.ts';
import { createRandom } from './random.ts';
import { mean, quantile, round } from './statistics.ts';

const batchEntries = 1000;
const proofs = 1000;
const start = Date.parse('2026-11-01T00:00:00Z');

/** Counts the requests of a reader. A listing has up to a thousand keys, as in S3. */
class CountedObjects extends MemoryLogObjects {
  requests = 0;
  #sorted: string[] = [];

  override async get(name: string) {
    this.requests++;
    return super.get(name);
  }

  override async list(prefix: string, startAfter = '') {
    this.requests++;
    if (this.#sorted.length !== this.objects.size) this.#sorted = [...this.objects.keys()].sort();
    const after = this.#sorted.filter((name) => name.startsWith(prefix) && name > startAfter);
    return { keys: after.slice(0, 1000), hasMore: after.length > 1000 };
  }
}

const { values } = parseArgs({ options: { entries: { type: 'string', default: '1000000' } } });
const entries = Number(values.entries);
if (!(Number.isSafeInteger(entries) && entries >= 1)) {
  console.error('Usage: npm run bench:proofs -- [--entries N]; at least 1 entry');
  process.exit(2);
}

const itemAt = (number: number) => ({
  pk: `acme#${number}`,
  text: `{"n":${number}}`,
  at: start + number * 60,
});
const objects = new CountedObjects();
const table = new MemoryTable();
const ports = {
  objects,
  sequencer: new MemorySequencer(),
  signer: new MemorySigner(),
  stream: table,
  entries: table,
  describe: describeMemoryItem,
};
const identity = { stage: 'test', account: '111122223333', region: 'eu-west-1' };
const startCpu = process.cpuUsage();
for (let number = 0; number < entries; ) {
  const end = Math.min(entries, number + batchEntries);
  for (; number < end; number++) table.insert(itemAt(number));
  const now = () => start + end * 60;
  const options = {
    identity,
    holder: 'bench',
    leaseMillis: 1,
    batchRecords: batchEntries,
    untilMillis: Infinity,
  };
  await seal({ ...ports, now }, options);
  table.forget();
}
const sealing = process.cpuUsage(startCpu);

const random = createRandom(1);
const sizes: number[] = [];
const requests: number[] = [];
for (let count = 0; count < proofs; count++) {
  const sealable = describeMemoryItem(itemAt(Math.floor(random() * entries)));
  if (sealable === undefined) throw new Error('the item has no text');
  objects.requests = 0;
  const proof = await new LogReader(objects, 'acme', key).prove(sealable);
  if (proof === undefined) throw new Error('the entry is not sealed');
  requests.push(objects.requests);
  const { committed: _, ...beside } = proof;
  sizes.push(JSON.stringify(beside).length);
}

const cpuMicros = sealing.user + sealing.system;
console.log(`${entries.toLocaleString('en')} entries, ${proofs.toLocaleString('en')} proofs

| measure | mean | p95 | maximum |
| --- | ---: | ---: | ---: |
| bytes of a proof beside the sealed text | ${Math.round(mean(sizes))} | ${quantile(sizes, 0.95)} | ${Math.max(...sizes)} |
| requests to S3 for a proof | ${round(mean(requests))} | ${quantile(requests, 0.95)} | ${Math.max(...requests)} |

CPU time of the sealer: ${round(cpuMicros / entries, 1)} µs for each entry`);
