// Labels for the API's enumerations.
import type { ListItem } from '../../../client/client.ts';

export const actionLabels: Readonly<Record<ListItem['action'], string>> = {
  CREATE: 'Create',
  UPDATE: 'Update',
  DELETE: 'Delete',
};

/** For example `Update`, or `Update denied`. */
export function labelAction({ action, decision }: Pick<ListItem, 'action' | 'decision'>): string {
  return decision === 'DENIED' ? `${actionLabels[action]} denied` : actionLabels[action];
}

/** The same before "by <user>": `denied Update`, because "Update denied by Ben" would name Ben as the one who denied it. */
export function describeAction({ action, decision }: Pick<ListItem, 'action' | 'decision'>): string {
  return decision === 'DENIED' ? `denied ${actionLabels[action]}` : actionLabels[action];
}

export const verdictLabels: Readonly<Record<ListItem['verdict'], string>> = {
  PERMITTED: 'Permitted',
  DENIED: 'Denied',
  VIOLATION: 'Violation',
  UNKNOWN_ROLE: 'Unknown role',
};

export const actorTypeLabels: Readonly<Record<ListItem['user']['type'], string>> = {
  user: 'Person',
  service: 'Service',
  agent: 'AI agent',
};

export const kindLabels: Readonly<Record<ListItem['target']['kind'], string>> = {
  SERVICE: 'Service',
  RESOURCE: 'Resource',
};
