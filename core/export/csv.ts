// Formats entries as CSV (RFC 4180), with one flat row per entry. CSV is for spreadsheets, so values that a spreadsheet
// would run as a formula are escaped. Use NDJSON for exact values.
import { describeChanges } from '../changes/change-summary.ts';
import type { ListItem } from '../entry/entry.ts';
import type { ExportFormat } from './export-format.ts';

type Cell = string | number | boolean | undefined;

/** The columns in order. They are a contract: add new columns at the end and never rename one. */
export const csvColumns: Readonly<Record<string, (item: ListItem) => Cell>> = {
  id: (item) => item.id,
  timestamp: (item) => item.timestamp,
  recordedAt: (item) => item.recordedAt,
  late: (item) => item.late,
  organizationId: (item) => item.organizationId,
  userId: (item) => item.user.id,
  userName: (item) => item.user.name,
  userType: (item) => item.user.type,
  role: (item) => item.role,
  permission: (item) => item.permission,
  decision: (item) => item.decision,
  verdict: (item) => item.verdict,
  accountId: (item) => item.accountId,
  region: (item) => item.region,
  environment: (item) => item.environment,
  action: (item) => item.action,
  targetKind: (item) => item.target.kind,
  targetType: (item) => item.target.type,
  targetId: (item) => item.target.id,
  targetName: (item) => item.target.name,
  serviceName: (item) => item.target.serviceName,
  changeCount: (item) => item.changeCount,
  changedPaths: (item) => item.changedPaths.join('; '),
  expiresAt: (item) => item.expiresAt,
  changeSummary: (item) => describeChanges(item),
};

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

function toCell(value: Cell): string {
  const text = escapeFormula(String(value ?? ''));
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function toRow(values: readonly Cell[]): string {
  return `${values.map(toCell).join(',')}\r\n`;
}

/** The CSV format. */
export const csvFormat: ExportFormat = {
  name: 'csv',
  contentType: (isFirst) => `text/csv; charset=utf-8; header=${isFirst ? 'present' : 'absent'}`,
  header: toRow(Object.keys(csvColumns)),
  toLine: (item) => toRow(Object.values(csvColumns).map((read) => read(item))),
};
