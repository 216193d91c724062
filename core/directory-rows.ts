// Which directory rows an entry stands for: its user, account and region, and resource name, each once for the
// organisation and once for the account.
import type { LogEntry } from './entry.ts';
import type { DirectoryRow } from './ports.ts';

/** The rows that must be in the directory before the entry can be found through it. */
export function directoryRowsOf(entry: LogEntry): DirectoryRow[] {
  const { user, accountId, region, target } = entry;
  const userTerms = new Set([user.id, user.name, user.email].filter((term) => term !== undefined));
  const rows: DirectoryRow[] = [
    ...[...userTerms].map((term) => ({ field: 'users' as const, term, value: user.id, name: user.name })),
    { field: 'accountRegions', term: accountId, value: region },
    { field: 'resources', term: target.name, value: target.name },
  ];
  return rows.flatMap((row) => [row, { ...row, accountId }]);
}
