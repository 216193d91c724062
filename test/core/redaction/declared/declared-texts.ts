// Random values to declare as secrets, and texts that contain one, plain or encoded.
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { encodings } from './encodings.ts';

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789';
const signs = '!#$%&()*+,-.:;<=>?[]^_{|}~\'"` /@\\é漢';

const ofCharacters = (characters: string, minLength: number, maxLength: number) =>
  fc.array(fc.constantFrom(...characters), { minLength, maxLength }).map((all) => all.join(''));

/** Starts with letters that the words of the events do not have, so that no ordinary text contains it by chance. */
const passwords = fc
  .tuple(fc.constantFrom('Q7', 'zX9', 'Ww4'), ofCharacters(`${letters}${signs}`, 2, 40))
  .map(([start, rest]) => start + rest.trim());

const passphrases = fc
  .array(fc.constantFrom('Regen', 'Zaun', 'Kachel', '24', 'schräg', 'Wal'), { minLength: 3, maxLength: 6 })
  .map((words) => words.join(' '));

const digest = (number: number) => createHash('sha256').update(String(number)).digest();

const keys = fc
  .tuple(fc.nat(), fc.integer({ min: 12, max: 32 }), fc.constantFrom('hex', 'base64', 'base64url'))
  .map(([number, length, form]) =>
    digest(number)
      .subarray(0, length)
      .toString(form as BufferEncoding),
  );

const structured = passwords.map((password) => [
  JSON.stringify({ user: 'app', password }),
  `postgres://app:${encodeURIComponent(password)}@db.example/orders`,
  `-----BEGIN KEY-----\n${Buffer.from(password.repeat(4)).toString('base64')}\n-----END KEY-----`,
  `${password}\n${password.split('').reverse().join('')}`,
]);

/** Values that a service can declare: passwords, passphrases, keys, and texts with a structure of their own. */
export const declaredValues: fc.Arbitrary<string> = fc
  .oneof(
    { weight: 6, arbitrary: passwords },
    { weight: 2, arbitrary: passphrases },
    { weight: 2, arbitrary: keys },
    { weight: 1, arbitrary: structured.chain((forms) => fc.constantFrom(...forms)) },
  )
  .filter((value) => value.length >= 4);

/** A text around a value. */
export type Text = (value: string) => string;

/** Longer encoded texts are replaced by the text with the value itself: the contract limits a user agent. */
const maxLength = 1000;

/** Texts with the value, in up to three encodings, one in another. */
export const textsAround: fc.Arbitrary<Text> = fc
  .tuple(
    fc.constantFrom('', 'rotated ', 'note=', '--flag ', '("', 'https://x.example/?q='),
    fc.array(fc.constantFrom(...Object.values(encodings)), { minLength: 0, maxLength: 3 }),
    fc.constantFrom('', ' again', '")', '&x=1', '\nport: 5432'),
  )
  .map(([before, chain, after]) => (value) => {
    const encoded = chain.reduce((text, encode) => encode(text), value);
    const text = before + encoded + after;
    return text.length <= maxLength ? text : before + value + after;
  });

/** Texts that contain the value. */
export const declaredTexts = (value: string): fc.Arbitrary<string> => textsAround.map((text) => text(value));
