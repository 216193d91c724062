// The state of the export dialog: nothing yet, running, and how it ended.
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useApi } from '../api/api-provider.tsx';
import { describeProblem } from '../api/problem.ts';
import type { ListFilters } from '../search/search.ts';
import { type ExportFile, type ExportFormat, openExportFile } from './export-file.ts';
import { type ExportProgress, ExportRun, noProgress } from './export-run.ts';
import { describeExportProblem } from './export-words.ts';

export type ExportStatus =
  | { readonly kind: 'ready' }
  | { readonly kind: 'running' }
  | { readonly kind: 'done'; readonly fileName: string }
  | { readonly kind: 'cancelled' }
  /** Stopped, and can go on. */
  | { readonly kind: 'failed'; readonly error: unknown }
  /** Stopped for good, such as for a permission that is missing; no file is left. */
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

/** A refusal is told at once when the dialog is opened again, for the five minutes that the cache keeps it. */
const refusalKey = ['export refusal'];

export function useExport(filters: ListFilters): Export {
  const client = useApi();
  const queries = useQueryClient();
  const [status, setStatus] = useState<ExportStatus>(() => {
    const error = queries.getQueryData<Error>(refusalKey);
    return error === undefined ? { kind: 'ready' } : { kind: 'ended', error };
  });
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
    if (describeProblem(error).kind === 'forbidden') queries.setQueryData(refusalKey, error);
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
  const back = () => {
    queries.removeQueries({ queryKey: refusalKey });
    setStatus({ kind: 'ready' });
  };
  return { status, progress, start, goOn, cancel, back };
}
