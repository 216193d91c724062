// Arguments of `npm run test:faults`.
import { parseArgs } from 'node:util';
import { type Sabotage, sabotageNames } from './sabotage.ts';

export interface FaultsOptions {
  readonly seed: number;
  readonly events: number;
  readonly tenfoldShare: number;
  /** One, or each in turn. */
  readonly sabotage?: Sabotage | 'all' | undefined;
  /** A file that the report is appended to. */
  readonly report?: string | undefined;
  /** Where queues, logs and bundles are kept while it runs. */
  readonly dataDir?: string | undefined;
}

const usage = `Usage: npm run test:faults -- [--events N] [--tenfold SHARE] [--seed N] [--sabotage NAME] [--report FILE] [--data-dir DIR]

  --events    events of the storm (default 1500)
  --tenfold   share of the events that are delivered ten times, 0 to 1; the others once (default 0.1)
  --seed      of the storm's plan (default: made up, and printed)
  --sabotage  break the product on purpose, to see that it is found: ${sabotageNames.join(', ')}; or all in turn
  --report    append the report to a file
  --data-dir  keep the data there while it runs; it stays after a failure (default: the system's temporary folder)`;

/** Ends the process with 2 when the arguments make no sense. */
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
    if (!Number.isSafeInteger(seed)) throw new Error(`--seed must be a whole number, is ${values.seed}`);
    if (!(Number.isSafeInteger(events) && events > 0))
      throw new Error(`--events must be a whole number above 0, is ${values.events}`);
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
