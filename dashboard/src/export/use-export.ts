// The state of the export dialog: whether it may export at all, running, and how it ended.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useApi } from '../api/api-provider.tsx';
import type { ListFilters } from '../search/search.ts';
import { type ExportFile, type ExportFormat, openExportFile } from './export-file.ts';
import { findRefusal } from './export-permission.ts';
import { type ExportProgress, ExportRun, noProgress } from './export-run.ts';
import { describeExportProblem } from './export-text.ts';

export type ExportStatus =
  /** The API has not said yet whether it may. */
  | { readonly kind: 'asking' }
  /** It may not. */
  | { readonly kind: 'refused'; readonly error: unknown }
  | { readonly kind: 'ready' }
  | { readonly kind: 'running' }
  | { readonly kind: 'done'; readonly fileName: string }
  | { readonly kind: 'cancelled' }
  /** Stopped, and can go on. */
  | { readonly kind: 'failed'; readonly error: unknown }
  /** Stopped for good, such as for a disk that is full; no file is left. */
  | { readonly kind: 'ended'; readonly error: unknown };

export interface Export {
  readonly status: ExportStatus;
  readonly progress: ExportProgress;
  /** Asks for a file and writes it. Must be called while a click is being handled. */
  start(format: ExportFormat): Promise<void>;
  /** Goes on with what failed, where it stopped. */
  goOn(): Promise<void>;
  /** Ends what is running, or gives up what failed; no file is left. */
  cancel(): void;
  /** Back to the choice, after it ended. */
  back(): void;
}

interface Running {
  readonly run: ExportRun;
  readonly file: ExportFile;
  abort: AbortController;
}

export function useExport(filters: ListFilters): Export {
  const client = useApi();
  const { data: refusal } = useQuery({
    queryKey: ['export refusal'],
    queryFn: ({ signal }) => findRefusal(client, signal),
    // The permission may be granted before the dialog is opened again.
    gcTime: 0,
  });
  const [status, setStatus] = useState<ExportStatus>({ kind: 'ready' });
  const [progress, setProgress] = useState(noProgress);
  const running = useRef<Running>(undefined);
  const isRunning = status.kind === 'running';

  useEffect(() => {
    if (!isRunning) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    window.addEventListener('beforeunload', warn);
    return () => window.removeEventListener('beforeunload', warn);
  }, [isRunning]);

  const stop = async (error: unknown) => {
    if (describeExportProblem(error).canGoOn) return setStatus({ kind: 'failed', error });
    setStatus({ kind: 'ended', error });
    const file = running.current?.file;
    running.current = undefined;
    await file?.discard();
  };
  const goOn = async () => {
    const current = running.current;
    if (current === undefined) return;
    current.abort = new AbortController();
    const { signal } = current.abort;
    setStatus({ kind: 'running' });
    try {
      await current.run.goOn(signal);
      running.current = undefined;
      setStatus({ kind: 'done', fileName: current.file.name });
    } catch (error) {
      if (!signal.aborted) return stop(error);
      running.current = undefined;
      await current.file.discard();
      setStatus({ kind: 'cancelled' });
    }
  };
  const start = async (format: ExportFormat) => {
    setProgress(noProgress);
    try {
      const day = new Date().toISOString().slice(0, 10);
      const file = await openExportFile(`request-logs-${day}.${format}`, format);
      if (file === undefined) return;
      const run = new ExportRun({ client, filters, format, file, onProgress: setProgress });
      running.current = { run, file, abort: new AbortController() };
    } catch (error) {
      return stop(error);
    }
    await goOn();
  };
  const cancel = () => {
    const current = running.current;
    if (isRunning) return current?.abort.abort();
    running.current = undefined;
    void current?.file.discard();
    setStatus({ kind: 'cancelled' });
  };
  const back = () => setStatus({ kind: 'ready' });
  const shown = status.kind === 'ready' ? judgeStart(refusal) : status;
  return { status: shown, progress, start, goOn, cancel, back };
}

/** What can be done before an export has been started, by what the API said; `undefined` while it has not answered. */
function judgeStart(refusal: unknown): ExportStatus {
  if (refusal === undefined) return { kind: 'asking' };
  return refusal === null ? { kind: 'ready' } : { kind: 'refused', error: refusal };
}
