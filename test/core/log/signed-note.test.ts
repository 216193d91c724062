import { describe, expect, it } from 'vitest';
import { openCheckpoint, readCheckpointText, toCheckpointText } from '../../../core/log/checkpoint.ts';
import {
  openNote,
  parseNote,
  readVerifierKey,
  signNote,
  toVerifierKey,
} from '../../../core/log/signed-note.ts';
import { MemorySigner } from './memory-log.ts';

/** The example of https://c2sp.org/signed-note. */
const example = {
  key: 'example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k',
  note: `This is an example message.

— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=
`,
};

const signer = new MemorySigner();
const key = { name: 'example.com/log', publicKey: await signer.publicKey() };
const other = { name: 'example.com/other', publicKey: await new MemorySigner(8).publicKey() };
const sign = (message: Uint8Array) => signer.sign(message);

describe('openNote', () => {
  it('accepts the example of the specification', async () => {
    const exampleKey = readVerifierKey(example.key);
    expect(exampleKey && toVerifierKey(exampleKey)).toBe(example.key);
    expect(exampleKey && (await openNote(example.note, exampleKey))).toBe('This is an example message.\n');
  });

  it('accepts what signNote signed, also beside signatures of other keys', async () => {
    const note = await signNote('one\ntwo\n', key, sign);
    expect(await openNote(note, key)).toBe('one\ntwo\n');
    const foreign = (
      await signNote('one\ntwo\n', other, (message) => new MemorySigner(8).sign(message))
    ).slice(9);
    expect(await openNote(note + foreign, key)).toBe('one\ntwo\n');
    expect(await openNote(note, other)).toBeUndefined();
  });

  it('rejects a note with any changed character', async () => {
    const note = await signNote('one\n', key, sign);
    for (let at = 0; at < note.length; at++) {
      const changed = note.slice(0, at) + (note[at] === 'A' ? 'B' : 'A') + note.slice(at + 1);
      expect(await openNote(changed, key), changed).toBeUndefined();
    }
  });

  it('rejects a note with a wrong signature of the key beside a right one', async () => {
    const note = await signNote('one\n', key, sign);
    const wrong = (await signNote('two\n', key, sign)).slice(5);
    expect(await openNote(note + wrong, key)).toBeUndefined();
  });
});

describe('parseNote', () => {
  it('rejects control characters, a missing signature, and a missing final newline', () => {
    for (const note of ['one\n', 'one\n\n', 'a\tb\n\n— k AAAAAAA=\n', 'one\n\n— k AAAAAAA=', '']) {
      expect(parseNote(note), JSON.stringify(note)).toBeUndefined();
    }
  });
});

describe('openCheckpoint', () => {
  const checkpoint = { origin: key.name, size: 20852163, root: new Uint8Array(32).fill(5) };

  it('returns what was signed', async () => {
    const note = await signNote(toCheckpointText(checkpoint), key, sign);
    expect(await openCheckpoint(note, key)).toEqual(checkpoint);
  });

  it('rejects the checkpoint of another log that the same key signed', async () => {
    const note = await signNote(toCheckpointText({ ...checkpoint, origin: other.name }), key, sign);
    expect(await openCheckpoint(note, key)).toBeUndefined();
  });
});

describe('readCheckpointText', () => {
  it('rejects leading zeros, short hashes and missing lines', () => {
    const root = Buffer.alloc(32).toString('base64');
    expect(readCheckpointText(`o\n0\n${root}\n`)?.size).toBe(0);
    for (const text of [
      `o\n01\n${root}\n`,
      `o\n1\n${root.slice(4)}\n`,
      'o\n1\n',
      `\n1\n${root}\n`,
      `o\n-1\n${root}\n`,
    ]) {
      expect(readCheckpointText(text), JSON.stringify(text)).toBeUndefined();
    }
  });
});
