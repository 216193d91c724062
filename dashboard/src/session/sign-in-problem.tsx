// What is shown when signing in fails: what the issuer said, and a way to try again.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';

export function SignInProblem({ problem }: { readonly problem: unknown }) {
  return (
    <main>
      <Box padding="xxl">
        <Alert
          type="error"
          header="Signing in did not work"
          action={<Button onClick={() => window.location.assign('/')}>Try again</Button>}
        >
          <p>{problem instanceof Error ? problem.message : String(problem)}</p>
          <p>If it stays so, tell whoever runs Request Logs what stands here.</p>
        </Alert>
      </Box>
    </main>
  );
}
