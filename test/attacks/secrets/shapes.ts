// Secrets by form. Self-identifying secrets are detected in any place, the others only where the context
// indicates a secret.
import { base64Signs, base64UrlSigns, digits, hex, lower } from '../seeded.ts';
import type { MakeSecret } from './secret.ts';
import { password, texts } from './texts.ts';
import { tokens } from './tokens.ts';

/** Forms that identify themselves in any place. */
export const selfIdentifying: Readonly<Record<string, MakeSecret>> = { ...tokens, ...texts };

/** Forms that could be anything: a secret only where a name or place indicates one. */
export const plain: Readonly<Record<string, MakeSecret>> = {
  'short password': (s) => `${s.mixed(7)}!`,
  password,
  'password of letters and digits': (s) => s.mixed(14),
  'password of two words': (s) =>
    `${s.one(['correct', 'purple', 'silent'])}-${s.one(['battery', 'monkey', 'harbour'])}-${s.int(10, 99)}`,
  passphrase: (s) =>
    `${s.one(['correct', 'purple', 'silent'])} ${s.one(['horse', 'monkey', 'harbour'])} ${s.one(['staple', 'garden', 'window'])} ${s.text(8, lower)}`,
  'password with quotes': (s) => `${s.mixed(5)}"${s.mixed(4)}'${s.mixed(4)}`,
  'password with separators': (s) => `${s.mixed(5)};${s.mixed(4)},${s.mixed(4)}`,
  'password in another script': (s) => `пароль${s.text(8, digits)}ключ`,
  'hex key of 32': (s) => s.text(32, hex),
  'hex key of 64': (s) => s.text(64, hex),
  'UUID as a key': (s) =>
    `${s.text(8, hex)}-${s.text(4, hex)}-4${s.text(3, hex)}-a${s.text(3, hex)}-${s.text(12, hex)}`,
  'ElastiCache auth token': (s) => s.mixed(24, base64UrlSigns),
  'key of 24 characters': (s) => s.mixed(24),
  'base64 key of 32 bytes': (s) => `${s.mixed(43, base64Signs)}=`,
};
