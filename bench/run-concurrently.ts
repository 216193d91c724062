/** Runs `work` on every value, at most `concurrency` at a time, in order of beginning. */
export async function runConcurrently<T>(
  values: Iterable<T>,
  concurrency: number,
  work: (value: T) => Promise<void>,
): Promise<void> {
  const iterator = values[Symbol.iterator]();
  const worker = async () => {
    for (let next = iterator.next(); !next.done; next = iterator.next()) await work(next.value);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}
