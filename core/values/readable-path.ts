// JSON Pointers as people write paths: `/containers/0/image` is `containers[0].image`.

/** The path in words; keys that are no plain names are quoted. */
export function toReadablePath(pointer: string): string {
  const path = pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((key) => {
      if (/^(?:0|[1-9]\d*)$/.test(key)) return `[${key}]`;
      return /^[\p{L}_$][\p{L}\p{N}_$-]*$/u.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
    })
    .join('');
  return path === '' ? '(all)' : path.replace(/^\./, '');
}
