// Whether a short text, such as an id or a key, is itself a credential by its form.
import { spansOf } from '../text/spans.ts';
import { findUrlPasswords } from './url-passwords.ts';
import { findJsonWebTokens, privateKeyBlock, vendorToken } from './vendor-tokens.ts';

/** Whether the text holds a vendor's token, a private key or a password in a URL. */
export function isCredential(text: string): boolean {
  return (
    spansOf(text, vendorToken).length > 0 ||
    findJsonWebTokens(text).length > 0 ||
    spansOf(text, privateKeyBlock).length > 0 ||
    findUrlPasswords(text).length > 0
  );
}
