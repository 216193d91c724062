// Why an entry's verdict is what it is, in words.
import type { Entry } from '../../../client/client.ts';
import { neededPermission, type Verdict } from '../../../core/contract/vocabulary.ts';

export interface VerdictExplanation {
  /** Two or three words. */
  readonly title: string;
  /** One or two sentences: which grant matched, or what is wrong. */
  readonly reason: string;
  /** What it is to whoever reads it; nothing is told by colour alone. */
  readonly weight: 'success' | 'warning' | 'error';
}

const weights: Readonly<Record<Verdict, VerdictExplanation['weight']>> = {
  PERMITTED: 'success',
  DENIED: 'warning',
  UNKNOWN_ROLE: 'warning',
  VIOLATION: 'error',
};

/** The verdict of an entry in words. */
export function explainVerdict(
  entry: Pick<Entry, 'verdict' | 'role' | 'grant' | 'permission' | 'action' | 'target'>,
): VerdictExplanation {
  const needed = neededPermission(entry.target.kind, entry.action);
  return { ...describe(entry, needed), weight: weights[entry.verdict] };
}

function describe(
  { verdict, role, grant, permission }: Pick<Entry, 'verdict' | 'role' | 'grant' | 'permission'>,
  needed: string,
): Pick<VerdictExplanation, 'title' | 'reason'> {
  const granted =
    grant === undefined ? undefined : `The role ${role} grants ${needed}${through(grant, needed)}.`;
  const checked = permission === needed ? '' : `: it checked ${permission}`;
  switch (verdict) {
    case 'PERMITTED':
      return { title: 'Permitted', reason: granted ?? `The role ${role} grants ${needed}.` };
    case 'DENIED':
      return {
        title: 'Denied: not done',
        reason:
          granted === undefined
            ? `The role ${role} does not grant ${needed}, and the service refused the attempt.`
            : `The service refused the attempt. ${granted}`,
      };
    case 'UNKNOWN_ROLE':
      return {
        title: 'Done with an unknown role',
        reason: `The role map has no role ${role}, so nothing says that it may do this. The service let it.`,
      };
    case 'VIOLATION':
      return granted === undefined
        ? {
            title: 'Done beyond the role',
            reason: `The role ${role} does not grant ${needed}, and yet the service let it${checked}.`,
          }
        : {
            title: 'Wrong permission checked',
            reason: `This needs ${needed}, but the service checked ${permission}. ${granted}`,
          };
  }
}

function through(grant: string, needed: string): string {
  if (grant === '*') return ' (it grants everything)';
  return grant === needed ? '' : ` (by ${grant})`;
}
