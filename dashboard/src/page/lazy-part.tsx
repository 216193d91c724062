// A part of the page that is loaded when it is first shown. When that fails, its own place says so and offers to try
// again, and everything else stays as it is.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { Component, type ComponentType, type ReactNode, Suspense, use } from 'react';
import { FailedStylesheets } from './failed-stylesheets.ts';
import { PartLoader, PartNotLoaded } from './part-loader.ts';

const failedStylesheets = new FailedStylesheets(document);

/**
 * The component that `load` imports. `Place` stands where it will, with the same props, and holds what is said while
 * it loads and when it cannot be shown.
 */
export function lazyPart<Props extends object>(
  load: () => Promise<{ readonly default: ComponentType<Props> }>,
  Place: ComponentType<Props & { readonly children: ReactNode }>,
): ComponentType<Props> {
  const loader = new PartLoader(async () => {
    await failedStylesheets.reload();
    return load();
  });
  function Loaded(props: Props) {
    const { default: Part } = use(loader.load());
    return <Part {...props} />;
  }
  return function LazyPart(props: Props) {
    const loading = (
      <Place {...props}>
        <Box textAlign="center" color="text-body-secondary">
          <Spinner /> Loading
        </Box>
      </Place>
    );
    return (
      <PartBoundary
        onFailure={() => loader.forget()}
        tell={(error, tryAgain) => (
          <Place {...props}>
            <PartProblem error={error} onRetry={tryAgain} />
          </Place>
        )}
      >
        <Suspense fallback={loading}>
          <Loaded {...props} />
        </Suspense>
      </PartBoundary>
    );
  };
}

interface BoundaryProps {
  readonly children: ReactNode;
  readonly onFailure: () => void;
  readonly tell: (error: Error, tryAgain: () => void) => ReactNode;
}

class PartBoundary extends Component<BoundaryProps, { readonly error?: Error | undefined }> {
  override state: { readonly error?: Error | undefined } = {};

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override componentDidCatch() {
    this.props.onFailure();
  }

  override render() {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    return this.props.tell(error, () => this.setState({ error: undefined }));
  }
}

function PartProblem({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  const title = `This part of the page could not be ${error instanceof PartNotLoaded ? 'loaded' : 'shown'}`;
  return (
    <>
      <LiveRegion hidden>{title}</LiveRegion>
      <Alert
        type="error"
        header={title}
        action={
          <SpaceBetween size="xs" direction="horizontal">
            <Button onClick={onRetry}>Try again</Button>
            <Button onClick={() => window.location.reload()}>Reload the page</Button>
          </SpaceBetween>
        }
      >
        The rest of the page goes on. If trying again does not help, reload: the page may have been updated
        since it was opened. You come back to this view.
      </Alert>
    </>
  );
}
