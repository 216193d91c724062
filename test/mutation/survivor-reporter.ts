// A reporter for Stryker that writes each change that no test notices as soon as it is known, because a run can take
// hours.
import { appendFileSync } from 'node:fs';
import type { MutantResult } from '@stryker-mutator/api/core';
import { declareClassPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import { describeSurvivor } from './report.ts';
import { isInSample, readSample } from './sample.ts';

/** Environment variable of the path of the file that survivors are appended to. */
export const survivorsFileVariable = 'MUTATION_SURVIVORS';

class SurvivorReporter {
  private readonly sample = readSample();

  onMutantTested(mutant: Readonly<MutantResult>): void {
    const file = process.env[survivorsFileVariable];
    if (file === undefined || (mutant.status !== 'Survived' && mutant.status !== 'NoCoverage')) return;
    // Changes without coverage never reach the checker, which excludes the others.
    if (isInSample(mutant, this.sample)) appendFileSync(file, `${describeSurvivor(mutant, process.cwd())}\n`);
  }
}

export const strykerPlugins = [declareClassPlugin(PluginKind.Reporter, 'survivors', SurvivorReporter)];
