// Takes the place of @smithy/core/event-streams in the bundles: it serves operations that stream events, such as S3's
// SelectObjectContent. None that is used here does; it is 14 KB of code.

function refuse(): never {
  throw new Error('operations that stream events are left out of this bundle');
}

/** Makes nothing of it, since no client here streams events. */
export function resolveEventStreamSerdeConfig<Config>(config: Config): Config {
  return config;
}

export const eventStreamSerdeProvider = refuse;

/** What the SDK would make when an operation streamed events. */
export class EventStreamSerde {
  constructor() {
    refuse();
  }
}
