// `npm run audit:deployed`: asks the npm registry for known vulnerabilities of the packages that a deployment contains, or that
// are installed with the emitter. It fails only on findings: a registry that gives no report is skipped with a sentence.
import { spawnSync } from 'node:child_process';
import { readAuditReport } from './audit-report.ts';
import { bundledPackages } from './bundled-packages.ts';
import { readPackageLock } from './project-files.ts';

const timeoutMillis = 120_000;

/** Paths of the packages that come with the production dependencies. */
const installed = Object.entries(readPackageLock().packages)
  .filter(([path, { dev }]) => path.startsWith('node_modules/') && dev !== true)
  .map(([path]) => path);

const shipped = new Set([...installed, ...(await bundledPackages()).map(({ path }) => path)]);
const { stdout } = spawnSync('npm', ['audit', '--json'], { encoding: 'utf8', timeout: timeoutMillis });
const result = readAuditReport(stdout ?? '', shipped);

if (result === undefined) {
  console.log('Audit skipped: the npm registry gave no report.');
} else {
  for (const finding of result.findings) console.log(finding);
  if (result.elsewhere.length > 0) console.log(`Only for development: ${result.elsewhere.join(', ')}`);
  console.log(`${shipped.size} packages audited, ${result.findings.length} with known vulnerabilities.`);
  if (result.findings.length > 0) process.exitCode = 1;
}
