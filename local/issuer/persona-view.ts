// Describes personas for the sign-in page: who they are and what they can see by the stack's role map.
import { findGrant, hasRole, type RoleMap } from '../../core/access/role-map.ts';
import { readPermissions } from '../../core/contract/vocabulary.ts';
import type { Persona } from './personas.ts';

export interface PersonaView {
  /** The key, as in `/_local/token?persona=`. */
  readonly name: string;
  /** The user ID: `sub` in its tokens. */
  readonly user: string;
  readonly person: string;
  readonly role: string;
  readonly organization: string;
  readonly access: string;
}

export function viewPersonas(personas: Readonly<Record<string, Persona>>, roleMap: RoleMap): PersonaView[] {
  return Object.entries(personas).map(([name, persona]) => ({
    name,
    user: persona.user,
    person: persona.name,
    role: persona.role,
    organization: persona.organization,
    access: describeAccess(persona, roleMap),
  }));
}

function describeAccess({ role, organization, accounts }: Persona, roleMap: RoleMap): string {
  if (!hasRole(roleMap, role)) return `No access: the role map does not contain the role ${role}`;
  if (findGrant(roleMap, role, readPermissions.read) === undefined) {
    return `No access: the role does not grant ${readPermissions.read}`;
  }
  if (accounts?.trim() === '') return 'No access: no AWS account is assigned';
  const scope =
    accounts === undefined
      ? `all entries of ${organization}`
      : `entries of ${organization} in AWS account ${accounts.trim().replaceAll(/\s+/g, ', ')}`;
  const canExport = findGrant(roleMap, role, readPermissions.export) !== undefined;
  return `Can view ${scope}${canExport ? ', and export them' : ''}`;
}
