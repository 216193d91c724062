// Shown after signing out if the issuer has no page for it.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';

export function SignedOut() {
  return (
    <main>
      <Box padding="xxl" textAlign="center">
        <SpaceBetween size="m">
          <Box variant="h1">You are signed out</Box>
          <Button variant="primary" onClick={() => window.location.assign('/')}>
            Sign in
          </Button>
        </SpaceBetween>
      </Box>
    </main>
  );
}
