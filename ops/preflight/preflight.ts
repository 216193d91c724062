// The command `npm run preflight`: prints what a rate of events needs. It reads and changes nothing.
import { defaultShares, type ExpectedLoad, planCapacity } from '../../core/deployment/capacity-plan.ts';
import { indexKeys } from '../../core/storage/shards.ts';
import type { IndexKey } from '../../core/storage/table-attributes.ts';
import { dayMillis } from '../../core/values/timestamp.ts';
import { UsageError } from '../../terminal/usage-error.ts';
import { parseOptions } from '../command/parse-options.ts';
import { describePlan } from './report.ts';

const usage = `Usage: npm run preflight -- --rate N [options]

Prints the settings, the warm throughput, and the account quotas that N events per second need. It reads and changes
nothing.

  --rate N          events per second, from 1 to 100000
  --share INDEX=S   the share of all events that the busiest value of an index has, from 0 to 1, such as user=0.05.
                    Can be repeated. Defaults: ${indexKeys.map((index) => `${index}=${defaultShares[index]}`).join(', ')}
  -h, --help        show this help

Exit codes: 0 the settings are enough, 1 no settings are enough, 2 usage error.`;

process.exitCode = main(process.argv.slice(2));

function main(args: readonly string[]): number {
  try {
    const load = readArguments(args);
    if (load === undefined) {
      console.log(usage);
      return 0;
    }
    const plan = planCapacity(load);
    const tomorrow = new Date(Date.now() + dayMillis).toISOString().slice(0, 10);
    console.log(describePlan(load, plan, tomorrow).join('\n'));
    return plan.problems.length === 0 ? 0 : 1;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(`${error.message}\n\n${usage}`);
    return 2;
  }
}

function readArguments(args: readonly string[]): ExpectedLoad | undefined {
  const { rate, share, help } = parseOptions(args, {
    rate: { type: 'string' },
    share: { type: 'string', multiple: true, default: [] },
    help: { type: 'boolean', short: 'h', default: false },
  });
  if (help) return undefined;
  const ratePerSecond = Number(rate);
  if (!(ratePerSecond >= 1 && ratePerSecond <= 100_000)) {
    throw new UsageError('--rate must be a number of events per second from 1 to 100000');
  }
  return { ratePerSecond, busiestShares: { ...defaultShares, ...Object.fromEntries(share.map(readShare)) } };
}

function readShare(text: string): [IndexKey, number] {
  const [name, value = ''] = text.split('=');
  const index = indexKeys.find((key) => key === name);
  const share = Number(value);
  if (index !== undefined && value !== '' && share >= 0 && share <= 1) return [index, share];
  throw new UsageError(`--share must be INDEX=S with an index of ${indexKeys.join(', ')} and S from 0 to 1`);
}
