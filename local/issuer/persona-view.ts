// What the chooser says of a persona: who it is and what the stack's role map lets it see.
import { findGrant, type RoleMap } from '../../core/access/role-map.ts';
import { readPermissions } from '../../core/contract/vocabulary.ts';
import type { Persona } from './personas.ts';

export interface PersonaView {
  /** Its key, as in `/_local/token?persona=`. */
  readonly name: string;
  /** The user id, `sub` in its tokens. */
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
  if (findGrant(roleMap, role, readPermissions.read) === undefined) {
    return `Sees nothing: the role does not grant ${readPermissions.read}`;
  }
  const scope =
    accounts === undefined
      ? `every entry of ${organization}`
      : accounts.trim() === ''
        ? `no account of ${organization}`
        : `entries of ${organization} in AWS account ${accounts.trim().replaceAll(/\s+/g, ', ')}`;
  const canExport = findGrant(roleMap, role, readPermissions.export) !== undefined;
  return `Sees ${scope}${canExport ? ', and may export' : ''}`;
}
