// Explains the verdict of an entry.
import type { Entry } from '../../../client/client.ts';
import { neededPermission, type Verdict } from '../../../core/contract/vocabulary.ts';
import { verdictLabels } from '../labels/labels.ts';

export interface VerdictExplanation {
  readonly title: string;
  /** One or two sentences: which grant matched, or what was wrong. */
  readonly reason: string;
  /** Selects icon and color. */
  readonly severity: 'success' | 'warning' | 'error';
}

const severities: Readonly<Record<Verdict, VerdictExplanation['severity']>> = {
  PERMITTED: 'success',
  DENIED: 'warning',
  UNKNOWN_ROLE: 'warning',
  VIOLATION: 'error',
};

/** Returns the title, reason and severity of an entry's verdict. */
export function explainVerdict(
  entry: Pick<Entry, 'verdict' | 'role' | 'roleKnown' | 'grant' | 'permission' | 'action' | 'target'>,
): VerdictExplanation {
  const needed = neededPermission(entry.target.kind, entry.action);
  return { ...describe(entry, needed), severity: severities[entry.verdict] };
}

function describe(
  entry: Pick<Entry, 'verdict' | 'role' | 'roleKnown' | 'grant' | 'permission'>,
  needed: string,
): Pick<VerdictExplanation, 'title' | 'reason'> {
  const { verdict, role, grant, permission } = entry;
  const granted =
    grant === undefined ? undefined : `The role ${role} grants ${needed}${formatGrant(grant, needed)}.`;
  const checked = permission === needed ? '' : ` It checked ${permission} instead.`;
  switch (verdict) {
    case 'PERMITTED':
      return { title: verdictLabels.PERMITTED, reason: granted ?? `The role ${role} grants ${needed}.` };
    case 'DENIED':
      return {
        title: verdictLabels.DENIED,
        reason: `The service denied this action. ${granted ?? explainMissingGrant(entry, needed)}`,
      };
    case 'UNKNOWN_ROLE':
      return {
        title: verdictLabels.UNKNOWN_ROLE,
        reason: `The service allowed this action, but the role map has no role ${role}.`,
      };
    case 'VIOLATION':
      return granted === undefined
        ? {
            title: verdictLabels.VIOLATION,
            reason: `The service allowed this action, but the role ${role} does not grant ${needed}.${checked}`,
          }
        : {
            title: verdictLabels.VIOLATION,
            reason: `The service allowed this action, but it checked ${permission} instead of ${needed}. ${granted}`,
          };
  }
}

/** Entries of earlier releases do not keep whether the role map has the role. */
function explainMissingGrant({ role, roleKnown }: Pick<Entry, 'role' | 'roleKnown'>, needed: string): string {
  if (roleKnown === undefined)
    return `The role map either does not have the role ${role} or does not grant it ${needed}.`;
  return roleKnown ? `The role ${role} does not grant ${needed}.` : `The role map has no role ${role}.`;
}

function formatGrant(grant: string, needed: string): string {
  if (grant === '*') return ' (through *, all permissions)';
  return grant === needed ? '' : ` (through ${grant})`;
}
