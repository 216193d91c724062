// The public entry point for MayaOps services: `@mayaops/request-logs/emitter`.

export type { DetailType, EventSource } from '../core/contract/vocabulary.ts';
export { RequestLogsError } from '../core/values/errors.ts';
export type { Issue, IssueCode } from '../core/values/issue.ts';
export {
  createEmitter,
  type EmitOptions,
  type EmitResult,
  type Emitter,
  type EmitterOptions,
  type FailedEvent,
  type PublishedEvent,
} from './emitter.ts';
export type { DeclaredSecretsOfEvent, SealedEvent, ServiceEvent } from './event-types.ts';
export { type ExactNumber, exactNumber } from './exact-number.ts';
export type { EventBusClient } from './put-events.ts';
export { emitFailureCodes } from './put-failure.ts';
export { InvalidEventError, seal } from './seal.ts';
export { type Secret, secret } from './secret.ts';
