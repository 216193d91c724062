// Notice that the session has ended. The list stays visible until the user signs in again.
import Button from '@cloudscape-design/components/button';
import Flashbar from '@cloudscape-design/components/flashbar';
import { describeProblem } from '../api/problem.ts';
import { useSession } from '../session/session-provider.tsx';
import { SessionEnded } from '../session/token-source.ts';

export function SessionEndedNotice() {
  const { hasEnded, signInAgain } = useSession();
  if (!hasEnded) return null;
  const { title, advice } = describeProblem(new SessionEnded());
  return (
    <Flashbar
      items={[
        {
          id: 'session-ended',
          type: 'warning',
          header: title,
          content: advice,
          action: <Button onClick={signInAgain}>Sign in again</Button>,
        },
      ]}
    />
  );
}
