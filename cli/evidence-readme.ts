// The README of an evidence archive.
import type { EvidencePackage } from '../core/log/evidence-package.ts';
import { formatCount } from '../terminal/format-count.ts';

/** The commands that verify an archive without the product. Run in a POSIX shell in the folder of the archive. */
export const strangerCommands = {
  /** Verifies that each leaf is in the log that the key signed. Needs Go 1.24 or later. */
  inclusion: 'go run filippo.io/torchwood/cmd/spicy@v0.9.0 -verify "$(cat key.txt)" leaves/*.leaf',
  /** Verifies that each leaf commits to the text of its entry. */
  commitment: [
    'status=0; for leaf in leaves/*.leaf; do id=$(basename "$leaf" .leaf);',
    'a=$(sha256sum < "sealed/$id" | cut -c 1-64); b=$(tail -c 32 "$leaf" | od -An -v -tx1 | tr -d \' \\n\');',
    'if [ "$a" = "$b" ]; then echo "$id: OK"; else echo "$id: FAILED"; status=1; fi; done; (exit $status)',
  ].join(' '),
} as const;

/** Returns the text of README.txt. */
export function evidenceReadme({ createdAt, key, records }: EvidencePackage): string {
  return `Evidence from MayaOps Request Logs
==================================

${formatCount(records.length, 'entry', 'entries')}, exported ${createdAt}.

This archive proves that the entries are in the sealed log of their organization, exactly as they are in this archive. It
contains personal data. Store it accordingly.

Verify in a browser
-------------------

Open verify.html. It contains the entries and their proofs, and it works without a network. It needs a browser that
supports Ed25519: Chrome or Edge 137, Firefox 129, Safari 17, or later.

The proofs are only as trustworthy as the key. Compare the key with a copy that you received through another channel, such as from the owner of
the AWS account:

${key}

Verify with other tools
-----------------------

Two commands do the same without any software from MayaOps. Run them in this folder.

1. Verify that each leaf is in the log that the key signed. This needs Go 1.24 or later and the network. torchwood is a
   library for transparency logs by Filippo Valsorda.

   ${strangerCommands.inclusion}

2. Verify that each leaf commits to the text of its entry. This needs a POSIX shell and GNU coreutils.

   ${strangerCommands.commitment}

Files
-----

README.txt           This file.
verify.html          Verifies everything in any current browser.
key.txt              The key of the log, as a verifier key (c2sp.org/signed-note).
checkpoint.txt       The signed checkpoint of the log (c2sp.org/tlog-checkpoint).
consistency.json     If the log grew during the export: proofs that the checkpoint continues the earlier ones.
entries/ID.json      The entry as the API returned it. "changes" and "disputes" are not sealed: changes follow from the
                     states, and disputes are events of their own.
proofs/ID.tlog-proof The proof (c2sp.org/tlog-proof).
leaves/ID.leaf       The leaf: version (1 byte), kind (1 byte), day of expiry since 1970 (4 bytes), and the SHA-256 hash
                     of sealed/ID.
leaves/ID.leaf.spicy The proof in the format of the first command.
sealed/ID            What was sealed: a random nonce of 16 bytes, then the entry's stored fields as canonical JSON
                     (RFC 8785). Entries of earlier releases have no nonce.
`;
}
