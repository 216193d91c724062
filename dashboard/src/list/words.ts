// The words of the list for what the API says in capitals.
import type { ListItem } from '../../../client/client.ts';
import { neededPermission } from '../../../core/vocabulary.ts';

export const actionWords: Readonly<Record<ListItem['action'], string>> = {
  CREATE: 'Create',
  UPDATE: 'Update',
  DELETE: 'Delete',
};

/** What was done: `Update`; `Update denied` when it was only tried. */
export function nameAction({ action, decision }: Pick<ListItem, 'action' | 'decision'>): string {
  return decision === 'DENIED' ? `${actionWords[action]} denied` : actionWords[action];
}

/** The same in front of "by somebody", where "denied by" would name the wrong one. */
export function tellAction({ action, decision }: Pick<ListItem, 'action' | 'decision'>): string {
  return decision === 'DENIED' ? `denied ${actionWords[action]}` : actionWords[action];
}

/** The verdicts where one chooses among them. */
export const verdictWords: Readonly<Record<ListItem['verdict'], string>> = {
  PERMITTED: 'Permitted',
  DENIED: 'Denied',
  VIOLATION: 'Violation',
  UNKNOWN_ROLE: 'Unknown role',
};

/**
 * The verdict on one entry. Of a violation the list can tell that the role does not grant what was done; not so where
 * the service checked another permission than the action needs.
 */
export function nameVerdict({
  verdict,
  permission,
  action,
  target,
}: Pick<ListItem, 'verdict' | 'permission' | 'action' | 'target'>): string {
  if (verdict !== 'VIOLATION') return verdictWords[verdict];
  return permission === neededPermission(target.kind, action) ? 'Beyond role' : verdictWords.VIOLATION;
}

export const kindWords: Readonly<Record<ListItem['target']['kind'], string>> = {
  SERVICE: 'Service',
  RESOURCE: 'Resource',
};

const typeWords: Readonly<Record<string, string>> = {
  'ecs-service': 'ECS service',
  rds: 'RDS PostgreSQL',
  ec: 'ElastiCache Redis',
};

/** The type of a target as people call it; one that is not known here as MayaOps calls it. */
export function typeWord(type: string): string {
  return typeWords[type] ?? type;
}
