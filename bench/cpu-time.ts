// The CPU time of an action, which other processes change less than its duration.

/** The CPU time of this process while the action runs, in seconds. */
export function measureCpuSeconds(action: () => unknown): number {
  const before = process.cpuUsage();
  action();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
