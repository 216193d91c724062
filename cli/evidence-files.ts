// Builds the files of an evidence archive, in formats that tools of others verify.
import type { EvidencePackage, EvidenceRecord } from '../core/log/evidence-package.ts';
import { toProofText } from '../core/log/proof.ts';
import { concatBytes, fromBase64, toUtf8 } from '../core/values/bytes.ts';
import { evidenceReadme } from './evidence-readme.ts';

/** The bytes of each file by its path in the archive. */
export type EvidenceFiles = Readonly<Record<string, Uint8Array>>;

/** Returns the files. `page` is the HTML page that verifies the package, with a place for its content. */
export function toEvidenceFiles(content: EvidencePackage, page: string): EvidenceFiles {
  const files: Record<string, Uint8Array> = {
    'README.txt': toUtf8(evidenceReadme(content)),
    'verify.html': toUtf8(fillPage(page, content)),
    'key.txt': toUtf8(`${content.key}\n`),
    'checkpoint.txt': toUtf8(content.checkpoint),
    'consistency.json': toUtf8(toLines(content.consistency)),
  };
  for (const record of content.records) Object.assign(files, filesOf(record));
  return files;
}

function filesOf({ entry, proof }: EvidenceRecord): EvidenceFiles {
  const { id } = entry;
  const { committed, index, hashes, checkpoint } = proof;
  return {
    [`entries/${id}.json`]: toUtf8(toLines(entry)),
    [`proofs/${id}.tlog-proof`]: toUtf8(toProofText(proof)),
    [`leaves/${id}.leaf`]: fromBase64(proof.leaf) ?? new Uint8Array(),
    [`leaves/${id}.leaf.spicy`]: toUtf8([`index ${index}`, ...hashes, '', checkpoint].join('\n')),
    [`sealed/${id}`]: concatBytes(fromBase64(proof.nonce) ?? new Uint8Array(), toUtf8(committed)),
  };
}

function toLines(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/** The element of the page that contains the package. */
export const contentPlace = '<script type="application/json" id="evidence"></script>';

/** Puts the package into the page. No text of an entry can end the element. */
function fillPage(page: string, content: EvidencePackage): string {
  const json = JSON.stringify(content).replaceAll('<', '\\u003c');
  const [start, end, ...more] = page.split(contentPlace);
  if (start === undefined || end === undefined || more.length > 0) {
    throw new Error('the page must have exactly one place for the evidence');
  }
  return `${start}${contentPlace.replace('></', () => `>${json}</`)}${end}`;
}
