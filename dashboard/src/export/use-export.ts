// The state of the export dialog: nothing yet, running, and how it ended.
import { useEffect, useRef, useState } from 'react';
import { useApi } from '../api/api-provider.tsx';
import type { ListFilters } from '../search/search.ts';
import { type ExportFile, type ExportFormat, openExportFile } from './export-file.ts';
import { type ExportProgress, ExportRun, noProgress } from './export-run.ts';

export type ExportStatus =
  | { readonly kind: 'ready' }
  | { readonly kind: 'running' }
  | { readonly kind: 'done'; readonly fileName: string }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: unknown };

export interface Export {
  readonly status: ExportStatus;
  readonly progress: ExportProgress;
  /** Asks for a file and writes it. Must be called while a click is being handled. */
  start(format: ExportFormat): Promise<void>;
  /** Goes on with what failed, where it stopped. */
  goOn(): Promise<void>;
  /** Ends what is running, or gives up what failed; no file is left. */
  cancel(): void;
}

interface Running {
  readonly run: ExportRun;
  readonly file: ExportFile;
  abort: AbortController;
}

export function useExport(filters: ListFilters): Export {
  const client = useApi();
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
      if (!signal.aborted) return setStatus({ kind: 'failed', error });
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
      return setStatus({ kind: 'failed', error });
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
  return { status, progress, start, goOn, cancel };
}
