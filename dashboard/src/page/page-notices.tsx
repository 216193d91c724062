// Notices above the list: the session has ended, or the computer's clock is wrong. The list stays visible.
import Button from '@cloudscape-design/components/button';
import Flashbar, { type FlashbarProps } from '@cloudscape-design/components/flashbar';
import { useState } from 'react';
import { describeProblem } from '../api/problem.ts';
import { describeClockDifference } from '../network/describe-clock-difference.ts';
import { useClockDifference } from '../network/use-server-clock.ts';
import { useSession } from '../session/session-provider.tsx';
import { SessionEnded } from '../session/token-source.ts';

export function PageNotices() {
  const { hasEnded, signInAgain } = useSession();
  const clock = describeClockDifference(useClockDifference());
  const [dismissed, setDismissed] = useState<string>();
  const items: FlashbarProps.MessageDefinition[] = [];
  if (hasEnded) {
    const { title, advice } = describeProblem(new SessionEnded());
    items.push({
      id: 'session-ended',
      type: 'warning',
      header: title,
      content: advice,
      action: <Button onClick={signInAgain}>Sign in again</Button>,
    });
  }
  if (clock !== undefined && clock !== dismissed) {
    items.push({
      id: 'clock',
      type: 'warning',
      content: clock,
      dismissible: true,
      dismissLabel: 'Dismiss',
      onDismiss: () => setDismissed(clock),
    });
  }
  return items.length === 0 ? null : <Flashbar items={items} />;
}
