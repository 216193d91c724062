// The words of the contract: actions, kinds, decisions, verdicts and what each detail-type implies. No schema is made
// here, so that functions which only read need not load the contract.

export const actions = ['CREATE', 'UPDATE', 'DELETE'] as const;
export type Action = (typeof actions)[number];

export const kinds = ['SERVICE', 'RESOURCE'] as const;
export type Kind = (typeof kinds)[number];

export const decisions = ['ALLOWED', 'DENIED'] as const;

/** Whether the role really allowed it; verdict.ts judges. */
export const verdicts = ['PERMITTED', 'DENIED', 'VIOLATION', 'UNKNOWN_ROLE'] as const;
export type Verdict = (typeof verdicts)[number];

/** Every detail-type with what it implies. */
export const detailTypes = {
  'Service Created': { source: 'mayaops.services', kind: 'SERVICE', action: 'CREATE' },
  'Service Updated': { source: 'mayaops.services', kind: 'SERVICE', action: 'UPDATE' },
  'Service Deleted': { source: 'mayaops.services', kind: 'SERVICE', action: 'DELETE' },
  'Resource Created': { source: 'mayaops.resources', kind: 'RESOURCE', action: 'CREATE' },
  'Resource Updated': { source: 'mayaops.resources', kind: 'RESOURCE', action: 'UPDATE' },
  'Resource Deleted': { source: 'mayaops.resources', kind: 'RESOURCE', action: 'DELETE' },
} as const satisfies Record<string, { source: string; kind: Kind; action: Action }>;

export type DetailType = keyof typeof detailTypes;
export type EventSource = (typeof detailTypes)[DetailType]['source'];

/** The permission that an action needs, `<kind>:<action>`, such as `service:update`. */
export function neededPermission(kind: Kind, action: Action): string {
  return `${kind}:${action}`.toLowerCase();
}

/** Permissions of those who ask. */
export const readPermissions = { read: 'request-logs:read', export: 'request-logs:export' } as const;
export type ReadPermission = (typeof readPermissions)[keyof typeof readPermissions];
