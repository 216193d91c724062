// The personas of the local issuer, one for each kind of access.
import { localAccountId } from '../shared/environment.ts';

export interface Persona {
  readonly user: string;
  readonly name: string;
  readonly organization: string;
  readonly role: string;
  /** Space-separated AWS accounts. Absent means all accounts of the organization. */
  readonly accounts?: string;
}

/** The users and roles also appear in the sample events, so that each persona finds its own entries. */
export const personas: Readonly<Record<string, Persona>> = {
  admin: { user: 'u-1042', name: 'Asha Rao', organization: 'acme', role: 'Admin' },
  auditor: { user: 'u-4001', name: 'Noor Haddad', organization: 'acme', role: 'Auditor' },
  developer: { user: 'u-2077', name: 'Ben Okafor', organization: 'acme', role: 'Developer' },
  'account-operator': {
    user: 'u-5120',
    name: 'Mei Tanaka',
    organization: 'acme',
    role: 'Operator',
    accounts: localAccountId,
  },
  viewer: { user: 'u-3300', name: 'Ivo Marsh', organization: 'acme', role: 'Viewer' },
  'globex-admin': { user: 'u-30', name: 'Jonas Weber', organization: 'globex', role: 'Admin' },
};

/** Returns the identity claims of a persona, under the names that the functions read. */
export function personaClaims(
  persona: Persona,
  names: {
    readonly user: string;
    readonly organization: string;
    readonly role: string;
    readonly accounts: string;
  },
): Record<string, string> {
  return {
    name: persona.name,
    [names.user]: persona.user,
    [names.organization]: persona.organization,
    [names.role]: persona.role,
    ...(persona.accounts !== undefined && { [names.accounts]: persona.accounts }),
  };
}
