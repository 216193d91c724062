// Injects faults into the emitters' PutEvents calls. The fault of an event's n-th attempt is determined by the
// seed, the event and n.
import { awsFailure, type Fault, type ProxiedCall, type ProxyResponse } from './fault-proxy.ts';
import { randomFor } from './seeded.ts';
import type { Tally } from './tally.ts';

const entryFailureShare = 0.03;
const callFaults = { none: 95, refused: 2.5, lost: 2.5 };
const entryErrors = ['ThrottlingException', 'InternalFailure', 'InternalException'] as const;

interface PutEventsBody {
  readonly Entries: readonly { readonly Detail: string }[];
}

export class BusFaults {
  readonly #seed: number;
  readonly #tally: Tally;
  readonly #attempts = new Map<string, number>();
  #isCalm = false;

  constructor({ seed, tally }: { readonly seed: number; readonly tally: Tally }) {
    this.#seed = seed;
    this.#tally = tally;
  }

  calm(): void {
    this.#isCalm = true;
  }

  choose({ operation, body }: ProxiedCall): Fault | undefined {
    if (this.#isCalm || operation !== 'PutEvents') return undefined;
    const { Entries: entries } = JSON.parse(body) as PutEventsBody;
    const choices = entries.map((entry) => this.#choicesAbout(entry.Detail));
    const call = choices[0]?.weighted(callFaults);
    if (call === 'refused') {
      this.#tally.count('PutEvents: rejected');
      return {
        before: choices[0]?.chance(0.5)
          ? awsFailure(400, 'ThrottlingException')
          : awsFailure(500, 'InternalException'),
      };
    }
    if (call === 'lost') {
      this.#tally.count('PutEvents: response lost');
      return { after: () => 'reset' };
    }
    const failures = choices.map((random) =>
      random.chance(entryFailureShare)
        ? { ErrorCode: random.pick(entryErrors), ErrorMessage: 'injected by the storm' }
        : undefined,
    );
    if (failures.every((failure) => failure === undefined)) return undefined;
    this.#tally.count('PutEvents: entries failed');
    const taken = entries.filter((_, index) => failures[index] === undefined);
    if (taken.length === 0) return { before: makeResponse(failures) };
    return {
      before: { replacement: JSON.stringify({ Entries: taken }) },
      after: (response) => mergeResponse(response, failures),
    };
  }

  #choicesAbout(detail: string) {
    const tag = /storm-\d+/.exec(detail)?.[0] ?? '';
    const attempt = (this.#attempts.get(tag) ?? 0) + 1;
    this.#attempts.set(tag, attempt);
    return randomFor(this.#seed, `put ${tag} ${attempt}`);
  }
}

type Failure = { readonly ErrorCode: string; readonly ErrorMessage: string } | undefined;

/** Merges the target's results with the injected failures, in the order of the entries of the call. */
function mergeResponse(response: ProxyResponse, failures: readonly Failure[]): ProxyResponse {
  if (response.status !== 200) return response;
  const results: unknown[] = [...(JSON.parse(response.body.toString()) as { Entries: unknown[] }).Entries];
  return makeResponse(failures.map((failure) => failure ?? results.shift()));
}

function makeResponse(results: readonly unknown[]): ProxyResponse {
  const FailedEntryCount = results.filter((result) => Object.hasOwn(result as object, 'ErrorCode')).length;
  return {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: JSON.stringify({ FailedEntryCount, Entries: results }),
  };
}
