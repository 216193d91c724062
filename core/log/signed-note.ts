// Signed notes with Ed25519 keys, and their verifier keys: https://c2sp.org/signed-note. Verification uses WebCrypto,
// so it also runs in browsers.
import { sha256 } from '@noble/hashes/sha2.js';
import { concatBytes, equalBytes, fromBase64, toBase64, toHex, toUtf8 } from '../values/bytes.ts';

/** The signature types that the product reads, both with Ed25519: of a log, and of a witness. */
export const noteKeyTypes = { log: 0x01, witness: 0x04 } as const;
export type NoteKeyType = (typeof noteKeyTypes)[keyof typeof noteKeyTypes];

const publicKeyBytes = 32;
const signatureBytes = 64;
/** More signatures than this are refused. The specification requires at least 16. */
const maxSignatures = 32;

/** A key that signs notes: its name, and the raw Ed25519 public key. */
export interface NoteKey {
  readonly name: string;
  readonly publicKey: Uint8Array;
}

function keyIdOf({ name, publicKey }: NoteKey, type: NoteKeyType): Uint8Array {
  return sha256(concatBytes(toUtf8(`${name}\n`), Uint8Array.of(type), publicKey)).slice(0, 4);
}

/** Returns the verifier key: `<name>+<key ID>+<base64 of type and key>`. */
export function toVerifierKey(key: NoteKey, type: NoteKeyType = noteKeyTypes.log): string {
  const typed = concatBytes(Uint8Array.of(type), key.publicKey);
  return `${key.name}+${toHex(keyIdOf(key, type))}+${toBase64(typed)}`;
}

/** Returns the key in a verifier key, or `undefined` if it is malformed or not an Ed25519 key of this type. */
export function readVerifierKey(text: string, type: NoteKeyType = noteKeyTypes.log): NoteKey | undefined {
  const [, name = '', id, encoded = ''] = /^([^\s+]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(text) ?? [];
  const typed = fromBase64(encoded);
  if (typed?.length !== publicKeyBytes + 1 || typed[0] !== type) return undefined;
  const key = { name, publicKey: typed.slice(1) };
  return toHex(keyIdOf(key, type)) === id ? key : undefined;
}

/** Returns the signed note. `text` ends with a newline; `sign` returns the Ed25519 signature of its bytes. */
export async function signNote(
  text: string,
  key: NoteKey,
  sign: (message: Uint8Array) => Promise<Uint8Array>,
): Promise<string> {
  const signature = concatBytes(keyIdOf(key, noteKeyTypes.log), await sign(toUtf8(text)));
  return `${text}\n— ${key.name} ${toBase64(signature)}\n`;
}

/** A note split into its text and its signatures. */
export interface ParsedNote {
  /** With the final newline. */
  readonly text: string;
  readonly signatures: readonly NoteSignature[];
}

interface NoteSignature {
  readonly name: string;
  /** Four bytes of key ID, then the signature. */
  readonly bytes: Uint8Array;
}

/** Returns the parts of a note, or `undefined` if it is malformed. Verifies nothing. */
export function parseNote(note: string): ParsedNote | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the specification forbids them
  if (/[\u0000-\u0009\u000b-\u001f]/.test(note) || !note.isWellFormed()) return undefined;
  const end = note.lastIndexOf('\n\n');
  if (end === -1 || !note.endsWith('\n')) return undefined;
  const lines = note.slice(end + 2, -1).split('\n');
  if (lines.length > maxSignatures) return undefined;
  const signatures: NoteSignature[] = [];
  for (const line of lines) {
    const [, name = '', encoded = ''] = /^— ([^\s+]+) ([A-Za-z0-9+/=]+)$/u.exec(line) ?? [];
    const bytes = fromBase64(encoded);
    if (name === '' || bytes === undefined || bytes.length < 5) return undefined;
    signatures.push({ name, bytes });
  }
  return { text: note.slice(0, end + 1), signatures };
}

/**
 * Returns the signatures of a note that name the key, each without the key ID. Verifies nothing: anyone can write a
 * line that names a key.
 */
export function signaturesOf({ signatures }: ParsedNote, key: NoteKey, type: NoteKeyType): Uint8Array[] {
  const keyId = keyIdOf(key, type);
  return signatures
    .filter(({ name, bytes }) => name === key.name && equalBytes(bytes.subarray(0, 4), keyId))
    .map(({ bytes }) => bytes.slice(4));
}

/** Whether the signature (RFC 8032, 64 bytes) of the message is the key's. */
export async function verifyEd25519(
  { publicKey }: NoteKey,
  signature: Uint8Array,
  message: Uint8Array<ArrayBuffer>,
): Promise<boolean> {
  if (publicKey.length !== publicKeyBytes || signature.length !== signatureBytes) return false;
  const key = await crypto.subtle.importKey('raw', publicKey.slice(), 'Ed25519', false, ['verify']);
  return crypto.subtle.verify('Ed25519', key, signature.slice(), message);
}

/** Returns the text of a note that the key signed, or `undefined` if it did not or a signature of the key is wrong. */
export async function openNote(note: string, key: NoteKey): Promise<string | undefined> {
  const parsed = parseNote(note);
  if (parsed === undefined) return undefined;
  const signatures = signaturesOf(parsed, key, noteKeyTypes.log);
  const message = toUtf8(parsed.text);
  for (const signature of signatures) {
    if (!(await verifyEd25519(key, signature, message))) return undefined;
  }
  return signatures.length === 0 ? undefined : parsed.text;
}

/** The base point of the curve, which is a valid public key. */
const anyPublicKey = Uint8Array.of(0x58, ...new Array<number>(publicKeyBytes - 1).fill(0x66));

/** Whether this browser or runtime can verify signatures. Browsers can only on pages that are loaded securely. */
export async function supportsEd25519(): Promise<boolean> {
  try {
    await crypto.subtle.importKey('raw', anyPublicKey, 'Ed25519', false, ['verify']);
    return true;
  } catch {
    return false;
  }
}
