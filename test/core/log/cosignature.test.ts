import { describe, expect, it } from 'vitest';
import { openCosignedCheckpoint, readCosignature } from '../../../core/log/cosignature.ts';
import { addCosignatures } from '../../../core/log/cosignature-record.ts';
import { noteKeyTypes, parseNote, readVerifierKey, toVerifierKey } from '../../../core/log/signed-note.ts';
import { MemoryWitness } from './memory-witness.ts';
import { key, sealedLog } from './sealed-entries.ts';

const witness = new MemoryWitness();
const other = new MemoryWitness('other.example.com', 12);
const { reader } = await sealedLog([3]);
const note = (await reader.readHead())?.checkpoint ?? '';
const text = parseNote(note)?.text ?? '';
const cosigned = note + witness.cosign(text);

describe('the verifier key of a witness', () => {
  it('is read only as the key of a witness', () => {
    expect(readVerifierKey(witness.verifierKey, noteKeyTypes.witness)).toEqual(witness.key);
    expect(readVerifierKey(witness.verifierKey)).toBeUndefined();
    expect(readVerifierKey(toVerifierKey(key), noteKeyTypes.witness)).toBeUndefined();
  });
});

describe('readCosignature', () => {
  it('returns the time of the cosignature', async () => {
    expect(await readCosignature(cosigned, witness.key)).toBe(witness.nowSeconds * 1000);
    expect(await openCosignedCheckpoint(cosigned, key, witness.key)).toMatchObject({ size: 3 });
  });

  it('returns the latest of several times', async () => {
    const later = cosigned + witness.cosign(text, witness.nowSeconds + 60);
    expect(await readCosignature(later, witness.key)).toBe((witness.nowSeconds + 60) * 1000);
  });

  it('rejects a note without a cosignature, and one of another witness', async () => {
    expect(await readCosignature(note, witness.key)).toBeUndefined();
    expect(await readCosignature(note + other.cosign(text), witness.key)).toBeUndefined();
  });

  it('rejects every changed byte of the text and the cosignature', async () => {
    const bytes = Buffer.from(cosigned);
    const log = Buffer.byteLength(text) + 1;
    const signature = Buffer.byteLength(note);
    for (let at = 0; at < bytes.length; at++) {
      if (at >= log && at < signature) continue;
      // Base64 characters before the padding have unused bits.
      if (String.fromCharCode(bytes[at + 1] ?? 0) === '=') continue;
      const changed = Buffer.from(bytes);
      changed[at] = (changed[at] ?? 0) ^ 1;
      expect(await readCosignature(changed.toString(), witness.key), `byte ${at}`).toBeUndefined();
    }
  });

  it('rejects a time that no date can have', async () => {
    const distant = note + witness.cosign(text, 2 ** 50);
    expect(await readCosignature(distant, witness.key)).toBeUndefined();
  });

  it('rejects a signature of the log in place of a cosignature', async () => {
    expect(await readCosignature(note, key)).toBeUndefined();
    expect(
      await openCosignedCheckpoint(`${text}\n${witness.cosign(text)}`, key, witness.key),
    ).toBeUndefined();
  });
});

describe('addCosignatures', () => {
  const record = (checkpoint: string, of = witness) => ({ key: of.verifierKey, size: 3, checkpoint });

  it('adds the cosignatures of the same checkpoint, each once', async () => {
    const records = [record(cosigned), record(cosigned), record(note + other.cosign(text), other)];
    const joined = addCosignatures(note, records);
    expect(joined).toBe(note + witness.cosign(text) + other.cosign(text));
    expect(addCosignatures(joined, records)).toBe(joined);
    for (const { key: name } of [witness, other]) {
      expect(await openCosignedCheckpoint(joined, key, name)).toMatchObject({ size: 3 });
    }
  });

  it('adds no cosignature of another checkpoint', () => {
    const changed = text.replace('\n3\n', '\n4\n');
    expect(addCosignatures(note, [record(`${changed}\n${witness.cosign(changed)}`), record('')])).toBe(note);
  });
});
