// State of the export dialog: permission, progress and result.
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { useApi } from '../api/api-provider.tsx';
import type { ListFilters } from '../search/search.ts';
import { type ExportFile, type ExportForm, openExportFile } from './export-file.ts';
import { findRefusal } from './export-permission.ts';
import { type ExportProgress, ExportRun, noProgress } from './export-run.ts';
import { describeExportProblem } from './export-text.ts';

export type ExportStatus =
  /** The permission check is pending. */
  | { readonly kind: 'checking' }
  /** The user does not have the permission. */
  | { readonly kind: 'refused'; readonly error: unknown }
  | { readonly kind: 'ready' }
  | { readonly kind: 'running' }
  | { readonly kind: 'done'; readonly fileName: string }
  | { readonly kind: 'canceled' }
  /** Stopped, and can be resumed. */
  | { readonly kind: 'failed'; readonly error: unknown }
  /** Stopped permanently, for example because the disk is full. No file is left. */
  | { readonly kind: 'ended'; readonly error: unknown };

export interface Export {
  readonly status: ExportStatus;
  readonly progress: ExportProgress;
  /** Opens a file and exports to it. Must be called from a click handler. */
  start(form: ExportForm): Promise<void>;
  /** Resumes a failed export where it stopped. */
  resume(): Promise<void>;
  /** Cancels a running or failed export. No file is left. */
  cancel(): void;
  /** Returns to the choice of the format after the export ended. */
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
    // The permission can be granted before the dialog is opened again.
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
    if (describeExportProblem(error).canResume) return setStatus({ kind: 'failed', error });
    setStatus({ kind: 'ended', error });
    const file = running.current?.file;
    running.current = undefined;
    await file?.discard();
  };
  const resume = async () => {
    const current = running.current;
    if (current === undefined) return;
    current.abort = new AbortController();
    const { signal } = current.abort;
    setStatus({ kind: 'running' });
    try {
      await current.run.resume(signal);
      running.current = undefined;
      setStatus({ kind: 'done', fileName: current.file.name });
    } catch (error) {
      if (!signal.aborted) return stop(error);
      running.current = undefined;
      await current.file.discard();
      setStatus({ kind: 'canceled' });
    }
  };
  const start = async (form: ExportForm) => {
    const { format } = form;
    setProgress(noProgress);
    try {
      const day = new Date().toISOString().slice(0, 10);
      const file = await openExportFile(`request-logs-${day}.${format}`, format);
      if (file === undefined) return;
      const run = new ExportRun({ client, filters, form, file, onProgress: setProgress });
      running.current = { run, file, abort: new AbortController() };
    } catch (error) {
      return stop(error);
    }
    await resume();
  };
  const cancel = () => {
    const current = running.current;
    if (isRunning) return current?.abort.abort();
    running.current = undefined;
    void current?.file.discard();
    setStatus({ kind: 'canceled' });
  };
  const back = () => setStatus({ kind: 'ready' });
  const shown = status.kind === 'ready' ? statusBeforeStart(refusal) : status;
  return { status: shown, progress, start, resume, cancel, back };
}

/** The status before the export starts. `refusal` is `undefined` while the permission check is pending. */
function statusBeforeStart(refusal: unknown): ExportStatus {
  if (refusal === undefined) return { kind: 'checking' };
  return refusal === null ? { kind: 'ready' } : { kind: 'refused', error: refusal };
}
