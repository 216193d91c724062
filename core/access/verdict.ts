// Decides whether the role grants the action. It does not trust the permission that the service reports: the required
// permission follows from the detail-type.
import { type Action, type Kind, neededPermission, type Verdict } from '../contract/vocabulary.ts';
import { findGrant, hasRole, type RoleMap } from './role-map.ts';

/** The verdict on one attempt. */
export interface Classification {
  readonly verdict: Verdict;
  /** The grant in the role map that covers the required permission, if there is one. */
  readonly grant?: string;
}

/** Classifies one attempt as denied, permitted, made under an unknown role, or a violation of the role map. */
export function deriveVerdict(
  roleMap: RoleMap,
  attempt: {
    readonly kind: Kind;
    readonly action: Action;
    readonly role: string;
    readonly permission: string;
    readonly decision: 'ALLOWED' | 'DENIED';
  },
): Classification {
  const needed = neededPermission(attempt.kind, attempt.action);
  const grant = findGrant(roleMap, attempt.role, needed);
  const granted = grant === undefined ? {} : { grant };
  if (attempt.decision === 'DENIED') return { verdict: 'DENIED', ...granted };
  if (!hasRole(roleMap, attempt.role)) return { verdict: 'UNKNOWN_ROLE' };
  const isPermitted = grant !== undefined && attempt.permission === needed;
  return { verdict: isPermitted ? 'PERMITTED' : 'VIOLATION', ...granted };
}
