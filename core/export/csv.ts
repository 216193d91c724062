// Formats entries as CSV (RFC 4180), with one flat row per entry. Values that a spreadsheet would run as a formula are
// escaped. Use NDJSON for exact values.
import { describeChanges } from '../changes/change-summary.ts';
import type { ExportFormat, ExportRow, FormatOptions } from './export-format.ts';
import { byteOrderMark, keepAsText } from './spreadsheet.ts';

type Cell = string | number | boolean | undefined;
type Columns = Readonly<Record<string, (row: ExportRow) => Cell>>;

/**
 * The columns of a list export in order. They are a contract: add new columns at the end and never rename one.
 */
export const csvColumns: Columns = {
  id: (row) => row.id,
  timestamp: (row) => row.timestamp,
  recordedAt: (row) => row.recordedAt,
  late: (row) => row.late,
  organizationId: (row) => row.organizationId,
  userId: (row) => row.user.id,
  userName: (row) => row.user.name,
  userType: (row) => row.user.type,
  role: (row) => row.role,
  permission: (row) => row.permission,
  decision: (row) => row.decision,
  verdict: (row) => row.verdict,
  accountId: (row) => row.accountId,
  region: (row) => row.region,
  environment: (row) => row.environment,
  action: (row) => row.action,
  targetKind: (row) => row.target.kind,
  targetType: (row) => row.target.type,
  targetId: (row) => row.target.id,
  targetName: (row) => row.target.name,
  serviceName: (row) => row.target.serviceName,
  changeCount: (row) => row.changeCount,
  changedPaths: (row) => row.changedPaths.join('; '),
  expiresAt: (row) => row.expiresAt,
  changeSummary: (row) => describeChanges(row),
};

/**
 * The columns of a full export: those of a list export, and then the rest of the entry. The same contract. Values that
 * are objects or lists are JSON.
 */
export const fullCsvColumns: Columns = {
  ...csvColumns,
  unavailable: (row) => row.unavailable,
  email: (row) => row.user.email,
  sourceIp: (row) => row.user.sourceIp,
  userAgent: (row) => row.user.userAgent,
  requestId: (row) => row.requestId,
  traceId: (row) => row.traceId,
  reason: (row) => row.reason,
  workRef: (row) => row.workRef,
  onBehalfOfUserId: (row) => row.user.onBehalfOf?.id,
  onBehalfOfName: (row) => row.user.onBehalfOf?.name,
  awsRequestIds: (row) => row.awsRequestIds?.join('; '),
  eventId: (row) => row.eventId,
  source: (row) => row.source,
  grant: (row) => row.grant,
  roleKnown: (row) => row.roleKnown,
  roleMapVersion: (row) => row.roleMapVersion,
  producerAccount: (row) => row.producer?.account,
  producerEnvelopeId: (row) => row.producer?.envelopeId,
  producerTime: (row) => row.producer?.time,
  redrivenBy: (row) => row.producer?.redrivenBy,
  editedBy: (row) => row.producer?.editedBy,
  contentHash: (row) => row.contentHash,
  redactionVersion: (row) => row.redactionVersion,
  secretsDeclared: (row) => row.secretsDeclared,
  before: (row) => toJson(row.before),
  after: (row) => toJson(row.after),
  changes: (row) => toJson(row.changes),
  changesOmitted: (row) => row.changesOmitted,
  disputes: (row) => toJson(row.disputes),
};

/** The columns that follow in the order of the sealed log. The same contract. */
const sealedColumns: Columns = {
  sealedIndex: (row) => row.sealed?.index,
  sealedAt: (row) => row.sealed?.at,
};

function toJson(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value);
}

/** The characters that start a formula in a spreadsheet, including full-width forms and leading spaces. */
const formulaStart = /^(?:[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])/;

/**
 * Prefixes the text with an apostrophe if a spreadsheet would run it as a formula
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export function escapeFormula(text: string): string {
  return formulaStart.test(text) ? `'${text}` : text;
}

const needsQuotes = /[",\r\n]|^\s|\s$/;

function toRow(values: readonly Cell[], toText: (value: Cell) => string): string {
  const cells = values.map((value) => {
    const text = toText(value);
    return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  });
  return `${cells.join(',')}\r\n`;
}

function escapeCell(value: Cell): string {
  return escapeFormula(String(value ?? ''));
}

/** Numbers and true or false stay what they are in a spreadsheet. */
function keepCell(value: Cell): string {
  return typeof value === 'string' ? keepAsText(escapeFormula(value)) : escapeCell(value);
}

/** Creates the CSV format. */
export function createCsvFormat({ columns, isForSpreadsheet, isInLogOrder }: FormatOptions): ExportFormat {
  const columnSet = {
    ...(columns === 'full' ? fullCsvColumns : csvColumns),
    ...(isInLogOrder && sealedColumns),
  };
  const reads = Object.values(columnSet);
  const toText = isForSpreadsheet ? keepCell : escapeCell;
  return {
    name: 'csv',
    columns,
    contentType: (isFirst) => `text/csv; charset=utf-8; header=${isFirst ? 'present' : 'absent'}`,
    header: (isForSpreadsheet ? byteOrderMark : '') + toRow(Object.keys(columnSet), escapeCell),
    toLine: (row) =>
      toRow(
        reads.map((read) => read(row)),
        toText,
      ),
  };
}
