// The words of the list for what the API says in capitals.
import type { ListItem } from '../../../client/client.ts';
import { neededPermission } from '../../../core/contract/vocabulary.ts';

export const actionLabels: Readonly<Record<ListItem['action'], string>> = {
  CREATE: 'Create',
  UPDATE: 'Update',
  DELETE: 'Delete',
};

/** What was done: `Update`; `Update denied` when it was only tried. */
export function labelAction({ action, decision }: Pick<ListItem, 'action' | 'decision'>): string {
  return decision === 'DENIED' ? `${actionLabels[action]} denied` : actionLabels[action];
}

/** The same in front of "by somebody", where "denied by" would name the wrong one. */
export function describeAction({ action, decision }: Pick<ListItem, 'action' | 'decision'>): string {
  return decision === 'DENIED' ? `denied ${actionLabels[action]}` : actionLabels[action];
}

/** The verdicts where one chooses among them. */
export const verdictLabels: Readonly<Record<ListItem['verdict'], string>> = {
  PERMITTED: 'Permitted',
  DENIED: 'Denied',
  VIOLATION: 'Violation',
  UNKNOWN_ROLE: 'Unknown role',
};

/**
 * The verdict on one entry. Of a violation the list can tell that the role does not grant what was done; not so where
 * the service checked another permission than the action needs.
 */
export function labelVerdict({
  verdict,
  permission,
  action,
  target,
}: Pick<ListItem, 'verdict' | 'permission' | 'action' | 'target'>): string {
  if (verdict !== 'VIOLATION') return verdictLabels[verdict];
  return permission === neededPermission(target.kind, action) ? 'Beyond role' : verdictLabels.VIOLATION;
}

export const kindLabels: Readonly<Record<ListItem['target']['kind'], string>> = {
  SERVICE: 'Service',
  RESOURCE: 'Resource',
};
