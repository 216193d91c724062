// Reads and changes saved views.
import { useMutation, useQuery } from '@tanstack/react-query';
import type { NewView, RequestLogsClient, SavedView } from '../../../client/client.ts';
import { useApi } from '../api/api-provider.tsx';
import { describeViewProblem } from './view-problem.ts';

type Work = (api: RequestLogsClient) => Promise<unknown>;

export interface Views {
  readonly views: readonly SavedView[];
  readonly canShare: boolean;
  readonly isLoading: boolean;
  /** Whether a change is in progress. */
  readonly isSaving: boolean;
  /** Describes the last failure, if there is one. */
  readonly problem: string | undefined;
  /** Each resolves after the list is reloaded, to whether it succeeded. */
  readonly create: (view: NewView) => Promise<boolean>;
  readonly change: (
    view: SavedView,
    changes: Partial<Pick<SavedView, 'name' | 'search'>>,
  ) => Promise<boolean>;
  readonly remove: (view: SavedView) => Promise<boolean>;
}

export function useViews(): Views {
  const api = useApi();
  const list = useQuery({
    queryKey: ['views'],
    queryFn: ({ signal }) => api.listViews({ signal }),
    // Others change shared views.
    staleTime: 0,
  });
  const change = useMutation({ mutationFn: (work: Work) => work(api) });
  const run = async (work: Work) => {
    const isDone = await change.mutateAsync(work).then(
      () => true,
      () => false,
    );
    await list.refetch();
    return isDone;
  };
  const error = change.error ?? list.error;
  return {
    views: list.data?.views ?? [],
    canShare: list.data?.canShare ?? false,
    isLoading: list.isPending,
    isSaving: change.isPending,
    problem: error === null ? undefined : describeViewProblem(error),
    create: (view) => run((client) => client.createView(view)),
    change: ({ id, name, search, columns, version }, changes) =>
      run((client) =>
        client.changeView(id, {
          name,
          search,
          ...(columns && { columns: [...columns] }),
          version,
          ...changes,
        }),
      ),
    remove: ({ id, version }) => run((client) => client.deleteView(id, version)),
  };
}
