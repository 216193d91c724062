// Matches paths against the path patterns of CloudFront behaviors.
// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html

/**
 * Whether the pattern matches the complete path. `*` matches any characters and `?` one. Case-sensitive; the leading
 * `/` of the pattern is optional.
 */
export function matchesPath(pattern: string, path: string): boolean {
  const parts = pattern.replace(/^\/?/, '/').split(/([*?])/);
  const expression = parts
    .map((part) => (part === '*' ? '.*' : part === '?' ? '.' : part.replace(/[.+^${}()|[\]\\]/g, '\\$&')))
    .join('');
  return new RegExp(`^${expression}$`, 's').test(path);
}
