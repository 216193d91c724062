// Replaces the SDK's adaptive retry mode in the bundles. The functions use the standard mode. Saves 3 KB of code.

/** The class that the SDK instantiates for the retry mode `adaptive`. It always fails. */
export class AdaptiveRetryStrategy {
  constructor() {
    throw new Error('the retry mode "adaptive" is not included in this bundle; use "standard"');
  }
}
