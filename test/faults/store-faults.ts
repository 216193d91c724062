// Injects faults into the recorder's calls to DynamoDB, S3 and SQS. The fault of an entry's n-th insert is
// determined by the seed, the entry and n. The schedule starts outages and silences.
import type { Random } from '../../local/demo/random.ts';
import { awsFailure, type Fault, type ProxiedCall, s3Failure } from './fault-proxy.ts';
import {
  isInsertCall,
  keysOfInserts,
  statementResponse,
  withoutStatements,
  withRefusals,
} from './insert-call.ts';
import type { RecorderProcesses } from './recorder-processes.ts';
import { type Sabotage, sabotageOf } from './sabotage.ts';
import { randomFor } from './seeded.ts';
import type { FaultKind, Tally } from './tally.ts';

export interface StoreFaultsOptions {
  readonly seed: number;
  readonly tally: Tally;
  readonly processes: RecorderProcesses;
  readonly sabotage: Sabotage | undefined;
}

/** Percentages of the calls that insert entries or put directory rows. */
const putFaults = {
  none: 88,
  'insert rejected: throttled': 3,
  'insert rejected: 500': 2,
  'connection reset before the write': 1.5,
  'connection reset after the write': 2,
  '500 after the write': 1.5,
  'slow response': 1,
  'response after the client timeout': 1,
};

const readFaultShare = 0.01;
const statementFaultShare = 0.03;
const queueFaultShare = 0.4;
const stubbornShare = 0.01;

/**
 * How often such an entry is rejected: more often than the recorder retries it in all deliveries of one message,
 * about 14 times in each of three.
 */
const stubbornRefusals = [70, 90] as const;

/** Percentages of the attempts to put an object. */
const objectFaults = { none: 25, refused: 25, lost: 25, killed: 25 };

/** Longer than the recorder's requestTimeout of 5 seconds. */
const tooLateMillis = 5_400;

const throttlings = ['ProvisionedThroughputExceededException', 'ThrottlingException'] as const;

/** One call about an entry, a row, a message or an object. */
interface Attempt {
  readonly isEntry: boolean;
  readonly operation: string;
  readonly key: string;
  /** Counted from 1. */
  readonly attempt: number;
  readonly name: string;
}

export class StoreFaults {
  readonly #options: StoreFaultsOptions;
  readonly #attempts = new Map<string, number>();
  readonly #refusals = new Map<string, number>();
  #outageUntil = 0;
  #silenceUntil = 0;
  readonly #killsAtWrite: ('before' | 'after')[] = [];
  #isCalm = false;

  constructor(options: StoreFaultsOptions) {
    this.#options = options;
  }

  /** Rejects every call for this time. */
  beginOutage(millis: number): void {
    this.#outageUntil = Date.now() + millis;
    this.#options.tally.count('outage of the store');
  }

  /** Leaves every call without a response for this time. */
  beginSilence(millis: number): void {
    this.#silenceUntil = Date.now() + millis;
    this.#options.tally.count('silence of the store');
  }

  /** Kills the process that makes the next insert, at this moment. */
  killAtNextWrite(moment: 'before' | 'after'): void {
    this.#killsAtWrite.push(moment);
  }

  /** Injects no more faults, except that stubborn entries are still rejected as often as planned. */
  calm(): void {
    this.#isCalm = true;
  }

  choose(call: ProxiedCall): Fault | undefined {
    const pid = this.#options.processes.see(call);
    const { sabotage } = this.#options;
    const sabotaged = sabotage === undefined ? undefined : sabotageOf(sabotage, call);
    if (sabotaged !== undefined) return sabotaged;
    if (Date.now() < this.#silenceUntil) return { before: 'silence' };
    const about = this.#aboutAttempt(call);
    if (this.#isCalm) return this.#stubbornFault(about, call.body);
    const random = randomFor(this.#options.seed, about.name);
    if (call.operation === 'PUT') return this.#objectFault(random, pid);
    if (call.operation === 'GET') return undefined;
    if (Date.now() < this.#outageUntil) return this.#refuse(random);
    if (call.operation === 'SendMessage') return this.#queueFault(random);
    if (call.operation === 'PutItem') return this.#putFault(random);
    if (!isInsertCall(call.operation, call.body)) return this.#readFault(random);
    const kill = about.isEntry ? this.#killFault(pid) : undefined;
    if (kill !== undefined) return kill;
    return (
      this.#stubbornFault(about, call.body) ?? this.#insertFault(random, call.body) ?? this.#putFault(random)
    );
  }

  /** Returns what the call is about, and how often it was attempted before. */
  #aboutAttempt({ operation, path, body }: ProxiedCall): Attempt {
    const table = /"TableName":"([^"]*)"/.exec(body)?.[1] ?? '';
    const text = (name: string) =>
      new RegExp(`"${name}":\\{"S":"((?:[^"\\\\]|\\\\.)*)"`).exec(body)?.[1] ?? '';
    const isInsert = isInsertCall(operation, body);
    const isEntry = isInsert || table.includes('Entries');
    const tag = operation === 'SendMessage' ? (/storm-\d+/.exec(body)?.[0] ?? '') : undefined;
    const key =
      body === ''
        ? path
        : (tag ?? (isInsert ? keysOfInserts(body).join(' ') : `${text('pk')} ${text('sk')}`));
    const thing = `${operation} ${isEntry ? 'entry' : ''} ${key}`;
    const attempt = (this.#attempts.get(thing) ?? 0) + 1;
    this.#attempts.set(thing, attempt);
    return { isEntry, operation, key, attempt, name: `${thing} ${attempt}` };
  }

  /** Throttles some calls by statement inside a 200 response, which the SDK does not retry. */
  #insertFault(random: Random, body: string): Fault | undefined {
    if (!random.chance(statementFaultShare)) return undefined;
    const code = random.pick(['ThrottlingError', 'ProvisionedThroughputExceeded', 'InternalServerError']);
    return this.#counted('statements rejected inside a 200 response', {
      before: statementResponse(keysOfInserts(body).length, code),
    });
  }

  /**
   * Rejects some entries until their messages are dead letters. Other statements of the same calls succeed. The
   * seed alone determines which entries and how often, whatever batches they arrive in.
   */
  #stubbornFault({ operation, isEntry }: Attempt, body: string): Fault | undefined {
    if (!isEntry || !isInsertCall(operation, body)) return undefined;
    const keys = keysOfInserts(body);
    const refused = new Set(keys.flatMap((key, index) => (this.#isStubborn(key) ? [index] : [])));
    if (refused.size === 0) return undefined;
    for (const _ of refused) this.#options.tally.count('entry rejected until its message is a dead letter');
    const code = 'ThrottlingError';
    if (refused.size === keys.length) return { before: statementResponse(keys.length, code) };
    return {
      before: { replacement: withoutStatements(body, refused) },
      after: (response) => withRefusals(response, refused, code),
    };
  }

  /** Whether the entry is rejected again. */
  #isStubborn(key: string): boolean {
    const random = randomFor(this.#options.seed, `stubborn ${key}`);
    const refusals = this.#refusals.get(key) ?? 0;
    if (!random.chance(stubbornShare) || refusals >= random.integer(...stubbornRefusals)) return false;
    this.#refusals.set(key, refusals + 1);
    return true;
  }

  #killFault(pid: number | undefined): Fault | undefined {
    const moment = pid === undefined ? undefined : this.#killsAtWrite.shift();
    if (moment === undefined || pid === undefined) return undefined;
    const { processes, tally } = this.#options;
    const kill = () => {
      if (processes.kill(pid)) tally.count(`recorder killed ${moment} the write`);
    };
    return moment === 'before'
      ? { onArrival: kill, before: 'reset' }
      : { onDone: kill, after: () => 'reset' };
  }

  #putFault(random: Random): Fault | undefined {
    const kind = random.weighted(putFaults);
    switch (kind) {
      case 'none':
        return undefined;
      case 'insert rejected: throttled':
        return this.#counted(kind, { before: awsFailure(400, random.pick(throttlings)) });
      case 'insert rejected: 500':
        return this.#counted(kind, { before: awsFailure(500, 'InternalServerError') });
      case 'connection reset before the write':
        return this.#counted(kind, { before: 'reset' });
      case 'connection reset after the write':
        return this.#counted(kind, { after: () => 'reset' });
      case '500 after the write':
        return this.#counted(kind, { after: () => awsFailure(500, 'InternalServerError') });
      case 'slow response':
        return this.#counted(kind, { delayMillis: random.integer(50, 800) });
      case 'response after the client timeout':
        return this.#counted(kind, { delayMillis: tooLateMillis });
    }
  }

  /** The fault of an object's put, which precedes the insert of its entry. */
  #objectFault(random: Random, pid: number | undefined): Fault | undefined {
    const { processes, tally } = this.#options;
    const kind = random.weighted(objectFaults);
    if (kind === 'none' || pid === undefined) return undefined;
    if (kind === 'refused') return this.#counted('object rejected', { before: s3Failure(503, 'SlowDown') });
    if (kind === 'lost') return this.#counted('object written, response lost', { after: () => 'reset' });
    const kill = () => {
      if (processes.kill(pid)) tally.count('recorder killed between object and entry');
    };
    return { onDone: kill, after: () => 'reset' };
  }

  #readFault(random: Random): Fault | undefined {
    return random.chance(readFaultShare) ? this.#counted('read rejected', this.#refuse(random)) : undefined;
  }

  #queueFault(random: Random): Fault | undefined {
    if (!random.chance(queueFaultShare)) return undefined;
    return random.chance(0.5)
      ? this.#counted('rejected queue: send rejected', { before: awsFailure(500, 'InternalFailure') })
      : this.#counted('rejected queue: response lost', { after: () => 'reset' });
  }

  #refuse(random: Random): Fault {
    const before = random.pick([
      awsFailure(400, random.pick(throttlings)),
      awsFailure(500, 'InternalServerError'),
      'reset' as const,
    ]);
    return { before };
  }

  #counted(kind: FaultKind, fault: Fault): Fault {
    this.#options.tally.count(kind);
    return fault;
  }
}
