// Notices above the list: the session has ended, or the computer's clock is wrong. The list stays visible.
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import LiveRegion from '@cloudscape-design/components/live-region';
import { useState } from 'react';
import { describeProblem } from '../api/problem.ts';
import { describeClockDifference } from '../network/describe-clock-difference.ts';
import { useClockDifference } from '../network/use-server-clock.ts';
import { useSession } from '../session/session-provider.tsx';
import { SessionEnded } from '../session/token-source.ts';
import styles from './page.module.css';

export function PageNotices() {
  const { hasEnded, signInAgain } = useSession();
  const clock = describeClockDifference(useClockDifference());
  const [dismissed, setDismissed] = useState<string>();
  const { title, advice } = describeProblem(new SessionEnded());
  const isClockWrong = clock !== undefined && clock !== dismissed;
  return (
    <LiveRegion>
      {(hasEnded || isClockWrong) && (
        <div className={styles.notices}>
          {hasEnded && (
            <Alert
              type="warning"
              header={title}
              action={<Button onClick={signInAgain}>Sign in again</Button>}
            >
              {advice}
            </Alert>
          )}
          {isClockWrong && (
            <Alert
              type="warning"
              dismissible
              dismissAriaLabel="Dismiss"
              onDismiss={() => setDismissed(clock)}
            >
              {clock}
            </Alert>
          )}
        </div>
      )}
    </LiveRegion>
  );
}
