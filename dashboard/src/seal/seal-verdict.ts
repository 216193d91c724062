// The result of verifying an entry in the browser.

/** One step of a verification. */
export interface SealStep {
  readonly title: string;
  readonly status: 'passed' | 'failed' | 'not-checked';
  /** One or two sentences: what was compared, or what differs. */
  readonly detail: string;
}

/** Whether the entry on the screen is in the sealed log. */
export type SealVerdict =
  | {
      readonly status: 'verified';
      readonly index: number;
      /** When the entry was sealed, according to the API. No signature covers this time. */
      readonly sealedAt: string;
      readonly steps: readonly SealStep[];
    }
  | { readonly status: 'waiting' }
  | {
      readonly status: 'failed';
      readonly title: string;
      /** What was found, and what it means, in sentences. */
      readonly advice: string;
      readonly steps: readonly SealStep[];
      /** The key of the log now, if it is not the one that the browser remembers. */
      readonly newKey?: string | undefined;
    }
  /** The browser lacks what the verification needs. */
  | { readonly status: 'unsupported'; readonly advice: string };
