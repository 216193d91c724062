// Which behaviour of a distribution a path takes.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html

/** Whether the whole path matches: `*` is any characters, `?` is one, case counts, a leading `/` may be left out. */
export function matchesPath(pattern: string, path: string): boolean {
  const parts = pattern.replace(/^\/?/, '/').split(/([*?])/);
  const expression = parts
    .map((part) => (part === '*' ? '.*' : part === '?' ? '.' : part.replace(/[.+^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return new RegExp(`^${expression}$`, 's').test(path);
}
