// Creates components that are loaded when they are first shown. If loading or rendering fails, the error is shown in the
// component's own place with a retry button, and the rest of the page keeps working.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import { Component, type ComponentType, type ReactNode, Suspense, use } from 'react';
import { FailedStylesheets } from './failed-stylesheets.ts';
import { ModuleLoadError, ModuleLoader } from './module-loader.ts';

const failedStylesheets = new FailedStylesheets(document);

/**
 * Returns a component that `load` imports. `Frame` is rendered in its place, with the same props, around the loading
 * indicator and the error.
 */
export function lazyComponent<Props extends object>(
  load: () => Promise<{ readonly default: ComponentType<Props> }>,
  Frame: ComponentType<Props & { readonly children: ReactNode }>,
): ComponentType<Props> {
  const loader = new ModuleLoader(async () => {
    await failedStylesheets.reload();
    return load();
  });
  function Loaded(props: Props) {
    const { default: LoadedComponent } = use(loader.load());
    return <LoadedComponent {...props} />;
  }
  return function LazyComponent(props: Props) {
    const loading = (
      <Frame {...props}>
        <Box textAlign="center" color="text-body-secondary">
          <Spinner /> Loading
        </Box>
      </Frame>
    );
    return (
      <ErrorBoundary
        onFailure={() => loader.forget()}
        renderError={(error, tryAgain) => (
          <Frame {...props}>
            <LoadProblem error={error} onRetry={tryAgain} />
          </Frame>
        )}
      >
        <Suspense fallback={loading}>
          <Loaded {...props} />
        </Suspense>
      </ErrorBoundary>
    );
  };
}

interface BoundaryProps {
  readonly children: ReactNode;
  readonly onFailure: () => void;
  readonly renderError: (error: Error, tryAgain: () => void) => ReactNode;
}

class ErrorBoundary extends Component<BoundaryProps, { readonly error?: Error | undefined }> {
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
    return this.props.renderError(error, () => this.setState({ error: undefined }));
  }
}

function LoadProblem({ error, onRetry }: { readonly error: Error; readonly onRetry: () => void }) {
  const title =
    error instanceof ModuleLoadError
      ? 'Part of the page could not be loaded'
      : 'Part of the page could not be displayed';
  return (
    <>
      <LiveRegion hidden>{title}</LiveRegion>
      <Alert
        type="error"
        header={title}
        action={
          <SpaceBetween size="xs" direction="horizontal">
            <Button onClick={onRetry}>Try again</Button>
            <Button onClick={() => window.location.reload()}>Reload page</Button>
          </SpaceBetween>
        }
      >
        The rest of the page still works. If the problem continues, reload the page to get its latest version.
        You will return to this view.
      </Alert>
    </>
  );
}
