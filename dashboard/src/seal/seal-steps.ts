// The steps of a verification, and the failure of one of them.
import { type ProofStep, proofSteps } from '../../../core/log/verify-proof.ts';
import type { SealStep } from './seal-verdict.ts';

const stepTitles: Readonly<Record<ProofStep | 'key' | 'history', string>> = {
  key: 'Key of the log',
  entry: 'Entry on the screen',
  commitment: 'Commitment',
  signature: 'Signature of the checkpoint',
  inclusion: 'Place in the log',
  history: 'History of the log',
};

/** The steps in the order in which they are shown. */
const order = ['key', ...proofSteps, 'history'] as const;
export type StepName = (typeof order)[number];

/** What was found in each step that passed. */
export type PassedSteps = Map<StepName, string>;

/** A step failed. `message` is the advice for the user. */
export class SealFailure extends Error {
  readonly step: StepName;
  readonly title: string;
  readonly newKey: string | undefined;

  constructor(step: StepName, title: string, message: string, newKey?: string) {
    super(message);
    this.step = step;
    this.title = title;
    this.newKey = newKey;
  }
}

/** Advice for every sign of tampering. */
export const tampering =
  'The stored entry or the log might have been changed. Report this to your security team, and do not rely on the entry.';

/** Returns the steps to show. Those after the failed one were not checked. */
export function toSteps(passed: ReadonlyMap<StepName, string>, failure?: SealFailure): readonly SealStep[] {
  return order.map((name) => {
    const title = stepTitles[name];
    if (name === failure?.step) return { title, status: 'failed', detail: failure.message };
    const detail = passed.get(name);
    return detail === undefined
      ? { title, status: 'not-checked', detail: 'Not checked.' }
      : { title, status: 'passed', detail };
  });
}
