// Finds user and password as one text in base64, as Docker, npm and HTTP basic authentication write them. Its form is
// that of any base64, so it counts only behind a name that ends in `auth`, or behind the word Basic.
import { decodeBase64 } from '../encodings/encoded-text.ts';
import { type Span, spansOf } from '../text/spans.ts';

/** Words that can follow in a name: `registryAuthBase64`. */
const basicName = /auth(?:[_-]?(?:value|base64|b64|encoded|\d+))?$/i;

/** `"auth":"…"`, `auth: …`, `--registry-auth …`, `<auth>…`, `Basic …`, in quotes of any escaping. */
const named =
  /(?:auth(?:[_-]?(?:value|base64|b64))?[\\"':=>\s]|\bbasic[ \t])[\\"':=>\s]{0,12}(?<secret>[A-Za-z0-9+/_-]{8,}={0,2})/gi;

/** User and password have no control characters, the user no colon; either can be empty (RFC 7617). */
const userAndPassword = /^[^:\t\n\r]*:./;

/**
 * Without a name before it, the user must look like a user name, and the rest must not look like a URL or a sentence.
 */
const plainUserAndPassword = /^[\w.@+\\$-]*:(?!\/\/)(?<password>\S.*)$/;

/** Whether a value under this name is a secret when it is user and password in base64. */
export function namesBasicCredential(name: string): boolean {
  return basicName.test(name);
}

/** Whether the text is base64 of `user:password`. */
export function isBasicCredential(text: string): boolean {
  return /^[A-Za-z0-9+/_-]{8,}={0,2}$/.test(text) && userAndPassword.test(decodeBase64(text) ?? '');
}

/** Base64 of `user:password` behind such a name or word. */
export function findBasicCredentials(text: string): Span[] {
  return spansOf(text, named).filter(({ start, end }) => isBasicCredential(text.slice(start, end)));
}

/** The password of a text that is `user:password` and nothing else. */
export function passwordOf(decoded: string): string | undefined {
  return plainUserAndPassword.exec(decoded.trim())?.groups?.password;
}
