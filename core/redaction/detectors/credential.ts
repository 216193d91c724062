// Whether a short text, such as an id or a key of an object, is itself a credential by its form.
import { spansOf } from '../text/spans.ts';
import { findUrlPasswords } from './url-passwords.ts';
import { findJsonWebTokens, findVendorTokens, privateKeyBlock } from './vendor-tokens.ts';

/** Whether the text contains an issuer's token, a private key or a password in a URL. */
export function isCredential(text: string): boolean {
  return (
    findVendorTokens(text).length > 0 ||
    findJsonWebTokens(text).length > 0 ||
    spansOf(text, privateKeyBlock).length > 0 ||
    findUrlPasswords(text).length > 0
  );
}
