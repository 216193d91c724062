// The notices that the licenses of bundled packages ask for.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BundledPackage } from './bundled-packages.ts';

const noticeFile = /^(licen[cs]e|notice|copying|third[-_]?party)/i;

/** One section for each package: name, version, license, and the text of its license and notice files. */
export function toNotices(packages: readonly BundledPackage[]): string {
  const sections = packages.map((one) => {
    const heading = `${one.name} ${one.version} (${one.license ?? 'no license stated'})`;
    const texts = readdirSync(one.folder, { withFileTypes: true })
      .filter((entry) => entry.isFile() && noticeFile.test(entry.name))
      .map(({ name }) => readFileSync(join(one.folder, name), 'utf8').trim());
    return [
      heading,
      '-'.repeat(heading.length),
      ...(texts.length > 0 ? texts : ['The package has no license file.']),
    ].join('\n\n');
  });
  const title = 'Third-party software in a deployment of Request Logs';
  return `${[title, '='.repeat(title.length), ...sections].join('\n\n')}\n`;
}
