// Formats sizes for display.

/** Formats a number of bytes, such as `512 B`, `3.2 kB` or `14.0 MB`. A kB has 1,000 bytes. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
