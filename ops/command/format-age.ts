// Formats ages in the tables of operator commands.

/** The age in minutes, hours, or days, such as `59m`, `47h`, or `2d`. */
export function formatAge(millis: number): string {
  const minutes = Math.max(0, Math.floor(millis / 60_000));
  if (minutes < 60) return `${minutes}m`;
  return minutes < 48 * 60 ? `${Math.floor(minutes / 60)}h` : `${Math.floor(minutes / (24 * 60))}d`;
}
