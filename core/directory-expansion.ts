// What a prefix stands for: the names that a filter is expanded to.
import { scanDirectory } from './directory-scan.ts';
import type { Directory } from './ports.ts';

/**
 * Every name of a service or resource of the organisation that begins with `prefix` (`hasPrefix`), in order;
 * `undefined` when there are more than `maxNames`. Each entry that can be seen has its name among them.
 */
export async function expandResourcePrefix(
  organizationId: string,
  prefix: string,
  maxNames: number,
  directory: Directory,
): Promise<readonly string[] | undefined> {
  const pairs = await directory.listAccountRegions(organizationId);
  const accounts = [...new Set(pairs.map(({ accountId }) => accountId))];
  const scan = { field: 'resources' as const, accounts, prefix, wanted: maxNames + 1, isConsistent: true };
  const names: string[] = [];
  for await (const [{ value }] of scanDirectory(directory, organizationId, scan)) {
    if (names.length === maxNames) return undefined;
    names.push(value);
  }
  return names;
}
