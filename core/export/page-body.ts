// The text of an export page, which must fit in the response of a function.
import type { ListItem } from '../entry/entry.ts';
import type { ExportFormat, ExportRow } from './export-format.ts';
import type { FullRow } from './full-rows.ts';

/**
 * The maximum size of a page in bytes, encoded as a JSON string as in the function's response. A Lambda response is
 * limited to 6 MB (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
 */
export const maxPageBytes = 5 * 1024 * 1024;

/**
 * An upper bound for the line of a list item: an entry whose fields all have the maximum length and consist of redaction
 * markers.
 */
export const maxLineBytes = 24 * 1024;

/** The text of a page and its size. */
export class PageBody {
  text: string;
  count = 0;
  #bytes: number;

  constructor(header: string) {
    this.text = header;
    this.#bytes = countBytes(header);
  }

  get bytesLeft(): number {
    return maxPageBytes - this.#bytes;
  }

  add(line: string): void {
    this.text += line;
    this.#bytes += countBytes(line);
    this.count++;
  }
}

/** The size of a line in the function's response. */
function countBytes(line: string): number {
  return Buffer.byteLength(JSON.stringify(line));
}

/** Adds rows until one does not fit, and returns the entry of the last one. */
export async function addRows(
  rows: AsyncIterable<FullRow>,
  format: ExportFormat,
  body: PageBody,
): Promise<ListItem | undefined> {
  let last: ListItem | undefined;
  for await (const { item, variants } of rows) {
    const line = findLine(variants, format, body);
    if (line === undefined) return last;
    body.add(line);
    last = item;
  }
  return last;
}

/** Returns the line of the first variant that fits. A page that is not empty takes only the complete row. */
function findLine(variants: Iterable<ExportRow>, format: ExportFormat, body: PageBody): string | undefined {
  for (const row of variants) {
    const line = format.toLine(row);
    if (countBytes(line) <= body.bytesLeft) return line;
    if (body.count > 0) return undefined;
  }
  return undefined;
}
