// Replaces @smithy/core/event-streams in the bundles. Only operations that stream events, such as S3's
// SelectObjectContent, need it, and the functions use none. Saves 14 KB of code.

function failUnsupported(): never {
  throw new Error('operations that stream events are not included in this bundle');
}

/** Leaves the client configuration unchanged. */
export function resolveEventStreamSerdeConfig<Config>(config: Config): Config {
  return config;
}

export const eventStreamSerdeProvider = failUnsupported;

/** The class that the SDK instantiates for operations that stream events. It always fails. */
export class EventStreamSerde {
  constructor() {
    failUnsupported();
  }
}
