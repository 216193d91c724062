// Defines the contract's terms: actions, kinds, decisions, verdicts and detail-types. It creates no schema, so that
// functions that only read do not load the contract.

/** The contract version that this code reads and writes. */
export const specVersion = '1';

export const actions = ['CREATE', 'UPDATE', 'DELETE'] as const;
export type Action = (typeof actions)[number];

export const kinds = ['SERVICE', 'RESOURCE'] as const;
export type Kind = (typeof kinds)[number];

/** Who can perform an action: a person, an automation such as a pipeline, or an AI agent. */
export const actorTypes = ['user', 'service', 'agent'] as const;
export type ActorType = (typeof actorTypes)[number];

export const decisions = ['ALLOWED', 'DENIED'] as const;

/** Whether the role allowed the action, as determined in verdict.ts. */
export const verdicts = ['PERMITTED', 'DENIED', 'VIOLATION', 'UNKNOWN_ROLE'] as const;
export type Verdict = (typeof verdicts)[number];

/** The source, kind and action of each detail-type. */
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

/** Returns the permission that an action requires, `<kind>:<action>`, such as `service:update`. */
export function neededPermission(kind: Kind, action: Action): string {
  return `${kind}:${action}`.toLowerCase();
}

/** The permissions to read entries, to export them, and to share searches in the organization. */
export const readPermissions = {
  read: 'request-logs:read',
  export: 'request-logs:export',
  share: 'request-logs:share',
} as const;
export type ReadPermission = (typeof readPermissions)[keyof typeof readPermissions];
