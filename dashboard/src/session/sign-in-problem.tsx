// Shown when sign-in fails, with the issuer's message.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';

export function SignInProblem({ problem }: { readonly problem: unknown }) {
  return (
    <main>
      <Box padding="xxl">
        <Alert
          type="error"
          header="Sign-in failed"
          action={<Button onClick={() => window.location.assign('/')}>Try again</Button>}
        >
          <p>{problem instanceof Error ? problem.message : String(problem)}</p>
          <p>If the problem continues, send this message to your Request Logs administrator.</p>
        </Alert>
      </Box>
    </main>
  );
}
