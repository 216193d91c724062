// What is shown when signing in fails.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';

export function SignInProblem({ problem }: { readonly problem: unknown }) {
  const message = problem instanceof Error ? problem.message : String(problem);
  return (
    <Box padding="xxl">
      <Alert
        type="error"
        header="Signing in did not work"
        action={<Button onClick={() => window.location.assign('/')}>Try again</Button>}
      >
        {message}
      </Alert>
    </Box>
  );
}
