// Attacks on the running local stack. All suites share one stack, as attackers would.
import { afterAll, beforeAll, describe } from 'vitest';
import { Harness } from '../e2e/harness.ts';
import { goodSampleNames, sampleFile } from '../support/fixtures.ts';
import { accountLimitEvents, describeAccountLimit } from './account-limit.ts';
import { describeBodies } from './bodies.ts';
import { describeCursors } from './cursors.ts';
import { describeFuzz } from './fuzz.ts';
import { describeInjection, injectionEvents } from './injection.ts';
import { describeTokens } from './tokens.ts';

let harness: Harness;
const running = () => harness;

beforeAll(async () => {
  harness = await Harness.start();
  await harness.emit(
    [...goodSampleNames.map(sampleFile), ...accountLimitEvents(), ...injectionEvents()],
    '--raw',
  );
});
afterAll(() => harness.stop());

describe('tokens', () => describeTokens(running));
describe('the account limit', () => describeAccountLimit(running));
describe('cursors', () => describeCursors(running));
describe('injected text', () => describeInjection(running));
describe('fuzzed requests', () => describeFuzz(running));
describe('deep and huge bodies', () => describeBodies(running));
