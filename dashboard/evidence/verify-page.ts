// The script of the page that verifies an evidence archive. It uses no network and no storage. Text of entries is only
// ever set as text, with invisible characters escaped.
import {
  type EvidenceFailure,
  type EvidencePackage,
  type EvidenceRecord,
  evidencePackageSchema,
  verifyEvidence,
} from '../../core/log/evidence-package.ts';
import { supportsEd25519 } from '../../core/log/signed-note.ts';
import { escapeUnsafe, escapeUnsafeJson } from '../../core/values/visible-text.ts';

/** Entries whose details are listed. The archive has the others as files. */
const maxListed = 1000;

async function verify(): Promise<void> {
  if (!(await supportsEd25519())) {
    showResult(
      'failed',
      'Nothing is verified: this browser does not support Ed25519 signatures. Use a current version of Chrome, Edge, Firefox, or Safari.',
    );
    return;
  }
  const content = readContent();
  if (content === undefined) {
    showResult('failed', 'The evidence was changed: this file cannot be read.');
    return;
  }
  const total = content.records.length;
  const verdict = await verifyEvidence(content, (count) => {
    if (count % 500 === 0) showResult('', `Verifying: ${count} of ${total} entries.`);
  });
  if (!verdict.isReadable) {
    showResult('failed', `Nothing is verified: ${verdict.reason}.`);
    return;
  }
  const { failures, log, size } = verdict;
  if (failures.length > 0) {
    showResult(
      'failed',
      `${countEntries(failures.length)} of ${total} not verified. The evidence was changed.`,
    );
  } else {
    showResult('verified', `Verified in this browser: ${countEntries(total)} in the sealed log, unchanged.`);
  }
  showDetails(content, { log, size, failures });
}

function readContent(): EvidencePackage | undefined {
  try {
    const parsed = evidencePackageSchema.safeParse(JSON.parse(elementOf('evidence').textContent ?? ''));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}

interface Findings {
  readonly log: string;
  readonly size: number;
  readonly failures: readonly EvidenceFailure[];
}

function showDetails({ key, checkpoint, createdAt, records }: EvidencePackage, findings: Findings): void {
  const details = elementOf('details');
  details.append(
    element(
      'p',
      'The proofs are only as trustworthy as the key. Compare the key with a copy that you received through another channel.',
    ),
    definitions([
      ['Key', element('code', escapeUnsafe(key))],
      ['Log', element('code', escapeUnsafe(findings.log))],
      ['Leaves in the log', findings.size.toLocaleString('en')],
      ['Exported', escapeUnsafe(createdAt)],
      ['Checkpoint', element('pre', checkpoint.split('\n').map(escapeUnsafe).join('\n'))],
    ]),
  );
  const reasons = new Map(findings.failures.map(({ id, reason }) => [id, reason]));
  if (reasons.size > 0) details.append(element('h2', 'Not verified'));
  for (const { entry } of records) {
    const reason = reasons.get(entry.id);
    if (reason !== undefined) details.append(element('p', `${escapeUnsafe(entry.id)}: ${reason}.`, 'failed'));
  }
  details.append(element('h2', 'Entries'));
  for (const record of records.slice(0, maxListed)) details.append(describeRecord(record, reasons));
  if (records.length > maxListed) {
    details.append(element('p', `${records.length - maxListed} more entries are in the folder entries.`));
  }
}

function describeRecord({ entry, proof }: EvidenceRecord, reasons: ReadonlyMap<string, string>): HTMLElement {
  const item = element('details', '');
  const status = reasons.has(entry.id) ? 'NOT VERIFIED' : 'Verified';
  const index = proof.index.toLocaleString('en');
  item.append(
    element('summary', `${status}: ${escapeUnsafe(entry.id)}, ${summarize(entry)}`),
    definitions([
      ['Place in the log', `entry ${index} of ${proof.treeSize.toLocaleString('en')}`],
      ['Sealed (time reported by the API)', escapeUnsafe(proof.sealedAt)],
      ['Leaf', element('code', escapeUnsafe(proof.leaf))],
      ['Entry', element('pre', escapeUnsafeJson(JSON.stringify(entry, null, 2)))],
    ]),
  );
  return item;
}

/** Who did what, when. */
function summarize({ timestamp, action, target, user }: EvidenceRecord['entry']): string {
  const nameOf = (value: unknown) => {
    const { name, id } = (value ?? {}) as { readonly name?: unknown; readonly id?: unknown };
    return name ?? id;
  };
  return [timestamp, nameOf(user), action, nameOf(target)]
    .map((part) => escapeUnsafe(String(part)))
    .join(' ');
}

function countEntries(count: number): string {
  return `${count.toLocaleString('en')} ${count === 1 ? 'entry is' : 'entries are'}`;
}

function showResult(kind: 'verified' | 'failed' | '', text: string): void {
  const result = elementOf('result');
  result.className = kind;
  result.textContent = text;
}

function definitions(pairs: readonly (readonly [string, string | HTMLElement])[]): HTMLElement {
  const list = document.createElement('dl');
  for (const [name, value] of pairs) {
    const description = document.createElement('dd');
    description.append(value);
    list.append(element('dt', name), description);
  }
  return list;
}

function element(name: keyof HTMLElementTagNameMap, text: string, className = ''): HTMLElement {
  const created = document.createElement(name);
  created.textContent = text;
  if (className !== '') created.className = className;
  return created;
}

function elementOf(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no element ${id}`);
  return found;
}

void verify().catch((error: unknown) => {
  showResult(
    'failed',
    `The evidence could not be verified: ${error instanceof Error ? error.message : error}`,
  );
});
