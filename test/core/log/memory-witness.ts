// A witness in memory that follows https://c2sp.org/tlog-witness: it cosigns a log that it knows, and only what continues
// the checkpoint that it cosigned last.
import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readCheckpointText } from '../../../core/log/checkpoint.ts';
import { cosignedMessage } from '../../../core/log/cosignature.ts';
import { verifyConsistency } from '../../../core/log/merkle-tree.ts';
import type { WitnessAnswer, WitnessClient } from '../../../core/log/ports.ts';
import {
  type NoteKey,
  noteKeyTypes,
  openNote,
  parseNote,
  toVerifierKey,
} from '../../../core/log/signed-note.ts';

interface Answer {
  readonly status: number;
  readonly body: string;
}

export class MemoryWitness implements WitnessClient {
  readonly key: NoteKey;
  /** The origins that it knows, with their keys. */
  readonly logs = new Map<string, NoteKey>();
  /** The last checkpoint that it cosigned, by origin. */
  readonly cosigned = new Map<string, { readonly size: number; readonly root: Uint8Array }>();
  /** The bodies that it received. */
  readonly received: string[] = [];
  nowSeconds = 1_800_000_000;
  /** Answers instead of the witness. */
  override: ((body: string) => WitnessAnswer | undefined) | undefined;
  readonly #private: ReturnType<typeof createPrivateKey>;

  constructor(name = 'witness.example.com', seed = 11) {
    const prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
    const der = Buffer.concat([prefix, Buffer.alloc(32, seed)]);
    this.#private = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
    const spki = createPublicKey(this.#private).export({ format: 'der', type: 'spki' });
    this.key = { name, publicKey: new Uint8Array(spki.subarray(-32)) };
  }

  get verifierKey(): string {
    return toVerifierKey(this.key, noteKeyTypes.witness);
  }

  trust(key: NoteKey): void {
    this.logs.set(key.name, key);
  }

  async addCheckpoint(_url: string, body: string): Promise<WitnessAnswer> {
    this.received.push(body);
    return this.override?.(body) ?? this.#answer(body);
  }

  /** Returns the signature line of a cosignature on the text of a checkpoint. */
  cosign(text: string, seconds = this.nowSeconds): string {
    const timestamp = Buffer.alloc(8);
    timestamp.writeBigUInt64BE(BigInt(seconds));
    const signature = sign(null, cosignedMessage(text, seconds), this.#private);
    const keyId = Buffer.from(this.verifierKey.split('+')[1] ?? '', 'hex');
    return `— ${this.key.name} ${Buffer.concat([keyId, timestamp, signature]).toString('base64')}\n`;
  }

  async #answer(body: string): Promise<Answer> {
    const end = body.indexOf('\n\n');
    const [first = '', ...lines] = body.slice(0, end).split('\n');
    const note = body.slice(end + 2);
    const [, digits] = /^old (0|[1-9]\d*)$/.exec(first) ?? [];
    const parsed = parseNote(note);
    if (digits === undefined || parsed === undefined || lines.length > 63) return { status: 400, body: '' };
    const oldSize = Number(digits);
    const checkpoint = readCheckpointText(parsed.text);
    const key = this.logs.get(checkpoint?.origin ?? '');
    if (checkpoint === undefined || key === undefined) return { status: 404, body: '' };
    if ((await openNote(note, key)) === undefined) return { status: 403, body: '' };
    if (oldSize > checkpoint.size) return { status: 400, body: '' };
    const last = this.cosigned.get(checkpoint.origin);
    const conflict = { status: 409, body: `${last?.size ?? 0}\n` };
    if (oldSize !== (last?.size ?? 0)) return conflict;
    if (last?.size === checkpoint.size && !Buffer.from(last.root).equals(checkpoint.root)) return conflict;
    if (last !== undefined && last.size < checkpoint.size) {
      const hashes = lines.map((line) => new Uint8Array(Buffer.from(line, 'base64')));
      if (!verifyConsistency(last.size, checkpoint.size, hashes, last.root, checkpoint.root)) {
        return { status: 422, body: '' };
      }
    }
    if (last === undefined && lines.length > 0) return { status: 422, body: '' };
    this.cosigned.set(checkpoint.origin, checkpoint);
    return { status: 200, body: this.cosign(parsed.text) };
  }

  /** Serves `POST /add-checkpoint` on 127.0.0.1. */
  async listen(): Promise<{ readonly url: string; stop(): void }> {
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk);
      const isCall = request.method === 'POST' && request.url === '/add-checkpoint';
      const answer = isCall
        ? await this.addCheckpoint('', Buffer.concat(chunks).toString())
        : { status: 404, body: '' };
      if (answer.status === 'unreachable') response.destroy();
      else response.writeHead(answer.status).end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return { url: `http://localhost:${port}`, stop: () => void server.close() };
  }
}
