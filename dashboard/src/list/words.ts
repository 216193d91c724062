// The words of the list for what the API says in capitals.
import type { ListItem } from '../../../client/client.ts';

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

/** What a verdict says about the role. */
export const verdictWords: Readonly<Record<ListItem['verdict'], string>> = {
  PERMITTED: 'Permitted',
  DENIED: 'Denied',
  VIOLATION: 'Beyond role',
  UNKNOWN_ROLE: 'Unknown role',
};

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
