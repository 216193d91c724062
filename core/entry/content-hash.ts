// Computes the content hash of an entry.
import { hash } from 'node:crypto';
import { type Content, canonicalContent } from './content.ts';

/** Returns the SHA-256 of the content's canonical JSON, as 64 hex digits. */
export function hashContent(content: Content): string {
  return hash('sha256', canonicalContent(content), 'hex');
}
