// Random values to declare as secrets, and texts that contain one, plain or encoded.
import fc from 'fast-check';
import { encodings } from './encodings.ts';

const letters = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789';
const signs = '!#$%&()*+,-.:;<=>?[]^_{|}~\'"` /@\\é漢';

/** Starts with letters that the words of the events do not have, so that no ordinary text contains it by chance. */
export const declaredValues: fc.Arbitrary<string> = fc
  .tuple(
    fc.array(fc.constantFrom(...letters, ...signs), { minLength: 3, maxLength: 40 }),
    fc.constantFrom('Q7', 'zX9', 'Ww4'),
  )
  .map(([characters, start]) => start + characters.join('').trim())
  .filter((value) => value.length >= 4);

const encoded = (value: string) =>
  fc
    .array(fc.constantFrom(...Object.values(encodings)), { minLength: 1, maxLength: 3 })
    .map((chain) => chain.reduce((text, encode) => encode(text), value));

/** Texts that contain the value, at most as long as the contract allows of a user agent. */
export const declaredTexts = (value: string): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.constantFrom('', 'rotated ', 'note=', '--flag ', '("', 'https://x.example/?q='),
      encoded(value),
      fc.constantFrom('', ' again', '")', '&x=1', '\nport: 5432'),
    )
    .map((parts) => parts.join(''))
    .filter((text) => text.length <= 1024);
