// Where an export goes: a file that the browser streams to disk, where it can, else the browser's memory until it is
// whole. Either way there is no file before the export is complete.

export type ExportFormat = 'csv' | 'ndjson';

export interface ExportFile {
  readonly name: string;
  /** Adds text at the end. Fails with ExportTooLarge, or as the disk does. */
  write(text: string): Promise<void>;
  /** Makes the file appear, whole. */
  finish(): Promise<void>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

/** Most that is kept in memory, bytes; browsers end pages that take much more. */
export const maxMemoryBytes = 500_000_000;

export class ExportTooLarge extends Error {}

const mediaTypes = { csv: 'text/csv', ndjson: 'application/x-ndjson' } as const;

/** https://developer.mozilla.org/docs/Web/API/Window/showSaveFilePicker; not in every browser, nor in TypeScript's. */
type SaveFilePicker = (options: {
  suggestedName: string;
  types: { description: string; accept: Record<string, string[]> }[];
}) => Promise<FileSystemFileHandle & { remove?: () => Promise<void> }>;

function saveFilePicker(): SaveFilePicker | undefined {
  return (window as { showSaveFilePicker?: SaveFilePicker }).showSaveFilePicker?.bind(window);
}

/** Whether exports of any size go straight to disk in this browser. */
export function canStreamToDisk(): boolean {
  return saveFilePicker() !== undefined;
}

/**
 * The file for an export, once somebody chose it where the browser asks; `undefined` when they chose none. Must be
 * called while a click is being handled.
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

/** Written beside the file and put in its place at the end: the browser keeps what was there until then. */
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
      // The dialog made an empty file of this name.
      if (isNew) await handle.remove?.();
    },
  };
}

/** Keeps the text until it is whole, then has it saved. */
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

/** How long a download may take to begin before its content is given up. */
const downloadMillis = 60_000;

function saveAsDownload(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), downloadMillis);
}
