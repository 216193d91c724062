// Shown to a user without permission to read request logs. Names the missing permission and who can grant it.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { PageProblem } from '../api/problem.ts';
import { useSession } from '../session/session-provider.tsx';
import styles from './page.module.css';

export interface ForbiddenProps {
  readonly problem: PageProblem;
  readonly onRetry: () => void;
}

export function Forbidden({ problem: { advice, field }, onRetry }: ForbiddenProps) {
  const { userName, signOut } = useSession();
  return (
    <div className={styles.forbidden}>
      <h1>Request Logs</h1>
      <Container header={<Header variant="h2">You do not have access to request logs</Header>}>
        <SpaceBetween size="m">
          <Box>
            You are signed in as <strong>{userName}</strong>.{' '}
            {field === undefined ? (
              'Your sign-in token does not contain valid access information:'
            ) : (
              <>
                You need the permission <Box variant="code">{field}</Box>. Details:
              </>
            )}
          </Box>
          <Box variant="awsui-inline-code" display="block">
            {advice}
          </Box>
          <Box>
            {field === undefined
              ? 'To get access, send this message to a MayaOps administrator of your organization.'
              : 'To get access, ask a MayaOps administrator of your organization for a role with this permission, such as Auditor, or ask them to add the permission to your role.'}
          </Box>
          <SpaceBetween size="xs" direction="horizontal">
            <Button onClick={onRetry}>Try again</Button>
            <Button onClick={signOut}>Sign in as a different user</Button>
          </SpaceBetween>
        </SpaceBetween>
      </Container>
    </div>
  );
}
