// Entries as CSV (RFC 4180): CRLF, quotes where needed, one flat row each. Made for spreadsheets, so what one would
// run as a formula is disarmed; NDJSON is the exact form.
import { describeChanges } from '../changes/change-summary.ts';
import type { ListItem } from '../entry/entry.ts';
import type { ExportFormat } from './export-format.ts';

type Cell = string | number | boolean | undefined;

/** Columns in their order. They are a contract: a new one goes to the end, none is renamed. */
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

/** What a spreadsheet takes for the start of a formula, full-width forms and leading blanks included. */
const formulaStart = /^(?:[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])/;

/** The text with an apostrophe before it if a spreadsheet would run it. https://owasp.org/www-community/attacks/CSV_Injection */
export function disarmFormula(text: string): string {
  return formulaStart.test(text) ? `'${text}` : text;
}

const needsQuotes = /[",\r\n]|^\s|\s$/;

function toCell(value: Cell): string {
  const text = disarmFormula(String(value ?? ''));
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function toRow(values: readonly Cell[]): string {
  return `${values.map(toCell).join(',')}\r\n`;
}

export const csvFormat: ExportFormat = {
  name: 'csv',
  contentType: (isFirst) => `text/csv; charset=utf-8; header=${isFirst ? 'present' : 'absent'}`,
  header: toRow(Object.keys(csvColumns)),
  toLine: (item) => toRow(Object.values(csvColumns).map((read) => read(item))),
};
