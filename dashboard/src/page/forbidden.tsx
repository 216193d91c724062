// What is shown to somebody who may not read request logs: which permission is missing, and who can grant it.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { PageProblem } from '../api/problem.ts';
import { useSession } from '../session/session-provider.tsx';

export interface ForbiddenProps {
  readonly problem: PageProblem;
  readonly onRetry: () => void;
}

export function Forbidden({ problem: { advice, field }, onRetry }: ForbiddenProps) {
  const { userName, signOut } = useSession();
  return (
    <ContentLayout defaultPadding maxContentWidth={720} header={<Header variant="h1">Request Logs</Header>}>
      <Container header={<Header variant="h2">You may not read request logs</Header>}>
        <SpaceBetween size="m">
          <Box>
            You are signed in as <strong>{userName}</strong>.{' '}
            {field === undefined ? (
              'The sign-in does not say enough of you:'
            ) : (
              <>
                The permission <Box variant="code">{field}</Box> is missing:
              </>
            )}
          </Box>
          <Box variant="awsui-inline-code" display="block">
            {advice}
          </Box>
          <Box>
            An administrator of your organisation in MayaOps can grant it: by giving you a role that has it,
            such as Auditor, or by adding it to your role.
          </Box>
          <SpaceBetween size="xs" direction="horizontal">
            <Button onClick={onRetry}>Try again</Button>
            <Button onClick={signOut}>Sign in as somebody else</Button>
          </SpaceBetween>
        </SpaceBetween>
      </Container>
    </ContentLayout>
  );
}
