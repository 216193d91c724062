// Emulates EventBridge's PutEvents. When a call returns, all matching events are in their queues.
import { eventBusKind } from '../cloudformation/kinds/events.ts';
import type { Stack } from '../cloudformation/stack.ts';
import { type AccessCheck, isIdentityError } from '../iam/access-check.ts';
import { type AwsResponse, awsError, awsJson } from '../iam/aws-error.ts';
import { type AwsRequest, parseBody } from '../iam/aws-request.ts';
import type { Principal } from '../iam/principals.ts';
import type { Queues } from '../queues/queues.ts';
import {
  checkEntry,
  entryBytes,
  makeEvent,
  maxEntries,
  maxTotalBytes,
  type PutEventsEntry,
  putEventsSchema,
} from './put-events.ts';
import { createDelivery, loadRules } from './rules.ts';

/** Handles `AWSEvents.*` calls. */
export function createEventsService(
  stack: Stack,
  accessCheck: AccessCheck,
  queues: Queues,
  report: (line: string) => void,
) {
  const rules = loadRules(stack);
  const deliver = createDelivery(stack, accessCheck, queues, report);
  const busArns = new Map(stack.resources(eventBusKind).map((bus) => [bus.ref, bus.attributes.Arn ?? '']));
  busArns.set('default', `arn:aws:events:${stack.region}:${stack.accountId}:event-bus/default`);

  function busNameOf(entry: PutEventsEntry): string {
    const name = entry.EventBusName ?? 'default';
    return [...busArns].find(([, arn]) => arn === name)?.[0] ?? name;
  }

  async function findDenial(principal: Principal, entry: PutEventsEntry): Promise<string | undefined> {
    return accessCheck.findDenial(
      principal,
      [{ action: 'events:PutEvents', resourceArn: busArns.get(busNameOf(entry)) ?? '' }],
      { 'events:source': entry.Source ?? '', 'events:detail-type': entry.DetailType ?? '' },
    );
  }

  async function put(principal: Principal, entry: PutEventsEntry) {
    const error = checkEntry(entry);
    if (error !== undefined) return error;
    const event = makeEvent(entry, principal.accountId, stack.region);
    for (const rule of rules) {
      if (rule.busName !== busNameOf(entry) || !rule.matches(event.fields)) continue;
      for (const target of rule.targets) await deliver(rule, target, event);
    }
    return { EventId: event.id };
  }

  return async (call: AwsRequest): Promise<AwsResponse> => {
    const principal = accessCheck.identify(call.authorization);
    if (isIdentityError(principal)) return awsError('events', principal.errorCode, principal.message);
    if (call.operation !== 'PutEvents') {
      return awsError('events', 'UnknownOperationException', 'The local event bus supports PutEvents only.');
    }
    const request = putEventsSchema.safeParse(parseBody(call.rawBody));
    if (!request.success)
      return awsError('events', 'SerializationException', 'The body is not a PutEvents request.');
    const { Entries } = request.data;
    const problem = checkRequest(Entries);
    if (problem !== undefined) return awsError('events', 'ValidationException', problem);
    const unknown = Entries.find((entry) => !busArns.has(busNameOf(entry)));
    if (unknown !== undefined) {
      const message = `Event bus ${unknown.EventBusName} does not exist.`;
      return awsError('events', 'ResourceNotFoundException', message);
    }
    for (const entry of Entries) {
      const denial = await findDenial(principal, entry);
      if (denial !== undefined) return awsError('events', 'AccessDeniedException', denial);
    }
    const results = [];
    for (const entry of Entries) results.push(await put(principal, entry));
    const failed = results.filter((result) => 'ErrorCode' in result).length;
    return awsJson('events', { FailedEntryCount: failed, Entries: results });
  };
}

function checkRequest(entries: readonly PutEventsEntry[]): string | undefined {
  if (entries.length === 0 || entries.length > maxEntries) {
    const limit = entries.length === 0 ? 'greater than or equal to 1' : `less than or equal to ${maxEntries}`;
    return `1 validation error detected: Value at 'entries' failed to satisfy constraint: Member must have length ${limit}`;
  }
  const bytes = entries.reduce((sum, entry) => sum + entryBytes(entry), 0);
  return bytes > maxTotalBytes ? 'Total size of the entries in the request is over the limit.' : undefined;
}
