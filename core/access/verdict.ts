// Did the role really grant the action? What the service claims is not trusted: the needed permission follows
// from the detail-type.
import { type Action, type Kind, neededPermission, type Verdict } from '../contract/vocabulary.ts';
import { findGrant, isKnownRole, type RoleMap } from './role-map.ts';

export interface Classification {
  readonly verdict: Verdict;
  /** The grant of the role map that covers the needed permission, if any. */
  readonly grant?: string;
}

/** Judges one attempt: refused, of an unknown role, permitted, or a violation of the role map. */
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
  if (!isKnownRole(roleMap, attempt.role)) return { verdict: 'UNKNOWN_ROLE' };
  const isPermitted = grant !== undefined && attempt.permission === needed;
  return { verdict: isPermitted ? 'PERMITTED' : 'VIOLATION', ...granted };
}
