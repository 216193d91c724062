// `npm run sbom [-- FOLDER]`: writes the bill of materials and the third-party notices of what a deployment contains next to the
// synthesized assembly (cdk.out), or into FOLDER.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundledPackages } from './bundled-packages.ts';
import { toNotices } from './notices.ts';
import { readPackageLock, readProduct } from './project-files.ts';
import { toSbom } from './sbom.ts';

const folder = process.argv[2] ?? 'cdk.out';
const packages = await bundledPackages();
mkdirSync(folder, { recursive: true });
const sbomPath = join(folder, 'sbom.cdx.json');
const noticesPath = join(folder, 'THIRD-PARTY-NOTICES.txt');
writeFileSync(sbomPath, `${JSON.stringify(toSbom(packages, readProduct(), readPackageLock()), null, 2)}\n`);
writeFileSync(noticesPath, toNotices(packages));
console.log(`${packages.length} packages are in a deployment: ${sbomPath}, ${noticesPath}`);
