// Prints progress: one line that is updated in a terminal, or a new line at most every two seconds elsewhere.

export interface ProgressLine {
  show(text: string): void;
  /** Ends the line and keeps the last text. */
  end(): void;
}

const minIntervalMillis = 2_000;

export function createProgressLine(output: NodeJS.WriteStream): ProgressLine {
  let last = '';
  let shownAt = 0;
  let isOpen = false;
  return {
    show(text) {
      last = text;
      if (output.isTTY) {
        output.write(`\r\u001b[2K${text}`);
        isOpen = true;
      } else if (Date.now() - shownAt >= minIntervalMillis) {
        output.write(`${text}\n`);
        shownAt = Date.now();
        last = '';
      }
    },
    end() {
      if (isOpen) output.write('\n');
      else if (last !== '') output.write(`${last}\n`);
      isOpen = false;
      last = '';
    },
  };
}
