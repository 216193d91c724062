// Parses the arguments of `npm run test:faults`.
import { parseArgs } from 'node:util';
import { type Sabotage, sabotageNames } from './sabotage.ts';

export interface FaultsOptions {
  readonly seed: number;
  readonly events: number;
  readonly tenfoldShare: number;
  /** One sabotage, or all in turn. */
  readonly sabotage?: Sabotage | 'all' | undefined;
  /** Append the report to this file. */
  readonly report?: string | undefined;
  /** Folder of queues, logs and bundles during the run. */
  readonly dataDir?: string | undefined;
}

const usage = `Usage: npm run test:faults -- [--events N] [--tenfold SHARE] [--seed N] [--sabotage NAME] [--report FILE] [--data-dir DIR]

  --events    number of events in the storm (default 1500)
  --tenfold   fraction of the events that are delivered ten times instead of once, 0 to 1 (default 0.1)
  --seed      seed of the storm's plan (default: random, and printed)
  --sabotage  break the product deliberately to test the verifier: ${sabotageNames.join(', ')}; or all in turn
  --report    append the report to a file
  --data-dir  folder for the data of the run, which remains after a failure (default: the system's temporary folder)`;

/** Ends the process with exit code 2 on a usage error. */
export function readOptions(args: string[]): FaultsOptions {
  try {
    const { values } = parseArgs({
      args,
      options: {
        events: { type: 'string', default: '1500' },
        tenfold: { type: 'string', default: '0.1' },
        seed: { type: 'string', default: String(Date.now() % 1_000_000) },
        sabotage: { type: 'string' },
        report: { type: 'string' },
        'data-dir': { type: 'string' },
      },
    });
    const [seed, events, tenfoldShare] = [values.seed, values.events, values.tenfold].map(Number) as [
      number,
      number,
      number,
    ];
    if (!Number.isSafeInteger(seed)) throw new Error(`--seed must be an integer, is ${values.seed}`);
    if (!(Number.isSafeInteger(events) && events > 0))
      throw new Error(`--events must be an integer above 0, is ${values.events}`);
    if (!(tenfoldShare >= 0 && tenfoldShare <= 1))
      throw new Error(`--tenfold must be from 0 to 1, is ${values.tenfold}`);
    const { sabotage } = values;
    if (sabotage !== undefined && !isSabotage(sabotage))
      throw new Error(`--sabotage must be one of all, ${sabotageNames.join(', ')}`);
    return { seed, events, tenfoldShare, sabotage, report: values.report, dataDir: values['data-dir'] };
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${usage}`);
    process.exit(2);
  }
}

function isSabotage(name: string): name is Sabotage | 'all' {
  return ['all', ...sabotageNames].includes(name);
}
