// The destination of an export: a file that the browser streams to disk if it can, otherwise memory. Either way, no file
// appears before the export is complete.

export type ExportFormat = 'csv' | 'ndjson';

/** What an export contains and how. */
export interface ExportForm {
  readonly format: ExportFormat;
  /** `full`: everything that the entry panel shows. */
  readonly columns: 'list' | 'full';
  /** CSV that a spreadsheet opens with every text as it is. */
  readonly spreadsheet: boolean;
}

export interface ExportFile {
  readonly name: string;
  /** Appends text. Rejects with ExportTooLarge, or with the browser's error for the disk. */
  write(text: string): Promise<void>;
  /** Completes the file and makes it appear. */
  finish(): Promise<void>;
  /** Discards the file. Nothing is left on disk. */
  discard(): Promise<void>;
}

/** Bytes. Browsers terminate pages that use much more memory. */
export const maxMemoryBytes = 500_000_000;

export class ExportTooLarge extends Error {}

const mediaTypes = { csv: 'text/csv', ndjson: 'application/x-ndjson' } as const;

/**
 * https://developer.mozilla.org/docs/Web/API/Window/showSaveFilePicker. Not every browser has it, and TypeScript does not
 * declare it.
 */
type SaveFilePicker = (options: {
  suggestedName: string;
  types: { description: string; accept: Record<string, string[]> }[];
}) => Promise<FileSystemFileHandle & { remove?: () => Promise<void> }>;

function saveFilePicker(): SaveFilePicker | undefined {
  return (window as { showSaveFilePicker?: SaveFilePicker }).showSaveFilePicker?.bind(window);
}

/** Whether this browser can stream an export to disk, regardless of its size. */
export function canStreamToDisk(): boolean {
  return saveFilePicker() !== undefined;
}

/**
 * Opens the file for an export, after the user has chosen it if the browser asks. Returns `undefined` if the user cancels.
 * Must be called from a click handler.
 */
export async function openExportFile(name: string, format: ExportFormat): Promise<ExportFile | undefined> {
  const pick = saveFilePicker();
  if (pick === undefined) return openMemoryFile(name, mediaTypes[format], saveAsDownload);
  try {
    const handle = await pick({
      suggestedName: name,
      types: [{ description: format.toUpperCase(), accept: { [mediaTypes[format]]: [`.${format}`] } }],
    });
    return await openDiskFile(handle);
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return undefined;
    throw error;
  }
}

/** The browser writes to a temporary file and replaces the chosen one when the stream is closed. */
async function openDiskFile(
  handle: FileSystemFileHandle & { remove?: () => Promise<void> },
): Promise<ExportFile> {
  const isNew = (await handle.getFile()).size === 0;
  const stream = await handle.createWritable();
  return {
    name: handle.name,
    write: (text) => stream.write(text),
    finish: () => stream.close(),
    discard: async () => {
      await stream.abort();
      // The browser's dialog has created an empty file with this name.
      if (isNew) await handle.remove?.();
    },
  };
}

/** Keeps the text in memory and saves it on `finish`. */
export function openMemoryFile(
  name: string,
  mediaType: string,
  save: (content: Blob, name: string) => void,
  maxBytes = maxMemoryBytes,
): ExportFile {
  let parts: Blob[] = [];
  let bytes = 0;
  return {
    name,
    write: async (text) => {
      const part = new Blob([text]);
      if (bytes + part.size > maxBytes) throw new ExportTooLarge('the export is too large for memory');
      bytes += part.size;
      parts.push(part);
    },
    finish: async () => save(new Blob(parts, { type: mediaType }), name),
    discard: async () => {
      parts = [];
    },
  };
}

/** How long the content stays available for the download to start. */
const downloadMillis = 60_000;

function saveAsDownload(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), downloadMillis);
}
