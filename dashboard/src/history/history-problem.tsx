// Explains why a history cannot be shown. If several targets have the ID, links to each of them.
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { ApiError } from '../../../client/client.ts';
import { labelTargetType } from '../../../core/contract/target-types.ts';
import { describeProblem } from '../api/problem.ts';
import { encodeHistory, type HistoryAddress } from '../location/history-address.ts';
import { navigate } from '../location/location.ts';

export interface HistoryProblemProps {
  readonly error: Error;
  readonly address: HistoryAddress;
  readonly onRetry: () => void;
}

export function HistoryProblem({ error, address, onRetry }: HistoryProblemProps) {
  const candidates = error instanceof ApiError ? error.problem?.candidates : undefined;
  if (candidates !== undefined) return <Candidates candidates={candidates} address={address} />;
  const { kind, title, advice } = describeProblem(error);
  if (kind === 'missing') {
    return (
      <Alert type="info" header="No history found">
        No service or resource has this ID, or you do not have access to it. If all its entries are older than
        the history feature, search the list of entries for the ID instead.
      </Alert>
    );
  }
  const header = kind === 'filter' ? 'Invalid address' : title;
  const canRetry = kind !== 'filter' && kind !== 'forbidden';
  return (
    <Alert type="error" header={header} action={canRetry && <Button onClick={onRetry}>Try again</Button>}>
      {advice}
    </Alert>
  );
}

type Candidate = NonNullable<NonNullable<ApiError['problem']>['candidates']>[number];

function Candidates({
  candidates,
  address,
}: {
  readonly candidates: readonly Candidate[];
  readonly address: HistoryAddress;
}) {
  return (
    <Alert type="info" header="Several services or resources have this ID">
      <SpaceBetween size="xxs">
        {candidates.map(({ account, region, type }) => {
          const href = encodeHistory({ ...address, account, region, type });
          return (
            <Link
              key={href}
              href={href}
              onFollow={(event) => {
                event.preventDefault();
                navigate(href);
              }}
            >
              {labelTargetType(type)} in account {account}, {region}
            </Link>
          );
        })}
      </SpaceBetween>
    </Alert>
  );
}
