// `npm run test:faults`: runs storms on the synthesized stack with dynoxide, and verifies everything that each
// leaves.
import { appendFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { synthesize } from '../../local/synthesize.ts';
import { startDynoxide } from '../support/dynoxide.ts';
import { readOptions } from './options.ts';
import { toMarkdown } from './report.ts';
import { sabotageNames } from './sabotage.ts';
import { stormAndVerify } from './storm-and-verify.ts';

const options = readOptions(process.argv.slice(2));
const say = (line: string) => console.error(`${new Date().toISOString().slice(11, 19)} ${line}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130));

if (options.dataDir !== undefined) mkdirSync(options.dataDir, { recursive: true });
const dataDir = mkdtempSync(join(options.dataDir ?? tmpdir(), 'request-logs-storm-'));
const assembly = await synthesize({ outDir: join(dataDir, 'cdk.out') });
const store = await startDynoxide();
try {
  for (const sabotage of options.sabotage === 'all' ? sabotageNames : [options.sabotage]) {
    say(
      `seed ${options.seed}, ${options.events} events${sabotage ? `, sabotage ${sabotage}` : ''}; data in ${dataDir}`,
    );
    const run = await stormAndVerify({ ...options, sabotage, assembly, dataDir, store, say });
    const report = toMarkdown(run);
    console.log(report);
    if (options.report !== undefined) appendFileSync(options.report, `${report}\n`);
    // A sabotaged run fails when it finds nothing.
    if (run.verdict.wrong.count > 0 !== (sabotage !== undefined)) process.exitCode = 1;
  }
} finally {
  await store.stop();
}
if (!process.exitCode) rmSync(dataDir, { recursive: true, force: true });
// Exit explicitly: after hundreds of killed processes, Node.js would spin at its end, waiting for a request that
// never returns.
process.exit();
