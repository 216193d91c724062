/** Starts `work` for each value in order, with at most `concurrency` running at a time. */
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
