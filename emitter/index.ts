// What MayaOps services import: `@mayaops/request-logs/emitter`.
export type { ContractIssue, IssueCode } from '../core/contract-issue.ts';
export { RequestLogsError } from '../core/errors.ts';
export type { DetailType, EventSource } from '../core/vocabulary.ts';
export {
  createEmitter,
  type EmitOptions,
  type Emitter,
  type EmitterOptions,
  type FailedEvent,
  type Fate,
  type PublishedEvent,
} from './emitter.ts';
export type { SealedEvent, ServiceEvent } from './event-types.ts';
export type { EventBusClient } from './put-events.ts';
export { emitFailureCodes } from './put-failure.ts';
export { InvalidEventError, seal } from './seal.ts';
