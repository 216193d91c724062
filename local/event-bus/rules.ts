// The EventBridge rules of the stack: matches events and delivers them to the target queues.
import { ruleKind } from '../cloudformation/kinds/events.ts';
import type { Resource } from '../cloudformation/kinds/resource-kind.ts';
import type { Stack } from '../cloudformation/stack.ts';
import type { AccessCheck } from '../iam/access-check.ts';
import { servicePrincipal } from '../iam/principals.ts';
import type { Queues } from '../queues/queues.ts';
import { describeError, LocalStackError } from '../shared/errors.ts';
import { compilePattern, type EventPattern } from './pattern.ts';
import type { BusEvent } from './put-events.ts';

type RuleProperties = ReturnType<typeof rulesOf>[number]['properties'];
type Target = NonNullable<RuleProperties['Targets']>[number];

export interface Rule {
  readonly arn: string;
  readonly busName: string;
  readonly matches: EventPattern;
  readonly targets: readonly Target[];
}

function rulesOf(stack: Stack) {
  return stack.resources(ruleKind);
}

/**
 * Returns the enabled rules with their queues. Ignores SNS topics, and rules on a schedule (local/schedules). Fails with
 * LocalStackError on any other target.
 */
export function loadRules(stack: Stack): Rule[] {
  return rulesOf(stack)
    .filter(
      ({ properties }) => properties.State !== 'DISABLED' && properties.ScheduleExpression === undefined,
    )
    .map((rule) => ({
      arn: rule.attributes.Arn ?? '',
      busName: rule.properties.EventBusName?.split('/').at(-1) ?? 'default',
      matches: compilePattern(rule.properties.EventPattern ?? {}),
      targets: checkTargets(rule),
    }));
}

function checkTargets(rule: Resource<RuleProperties>): readonly Target[] {
  const targets = rule.properties.Targets ?? [];
  const queues = targets.filter(({ Arn }) => Arn.startsWith('arn:aws:sqs:'));
  const other = targets.find((target) => !queues.includes(target) && !target.Arn.startsWith('arn:aws:sns:'));
  if (other === undefined) return queues;
  throw new LocalStackError(
    `rule ${rule.logicalId} has the target ${other.Arn}; the local event bus supports queues and topics only`,
  );
}

/**
 * Creates a function that delivers an event to a target, or to the dead-letter queue of the target when the delivery
 * fails. When both fail, the event is lost, as on AWS, and reported.
 */
export function createDelivery(
  stack: Stack,
  accessCheck: AccessCheck,
  queues: Queues,
  report: (line: string) => void,
) {
  const events = servicePrincipal('events.amazonaws.com', stack.accountId);

  async function send(rule: Rule, queueArn: string, body: string, attributes?: Attributes): Promise<void> {
    const denial = await accessCheck.findDenial(
      events,
      [{ action: 'sqs:SendMessage', resourceArn: queueArn, use: 'write' }],
      { 'aws:SourceArn': rule.arn, 'aws:SourceAccount': stack.accountId },
    );
    if (denial !== undefined) throw new DeliveryError('NO_PERMISSIONS', denial);
    try {
      queues.send(queueArn.split(':').at(-1) ?? '', escapeAstral(body), attributes);
    } catch (cause) {
      throw new DeliveryError('SDK_CLIENT_ERROR', describeError(cause), { cause });
    }
  }

  return async (rule: Rule, target: Target, event: BusEvent): Promise<void> => {
    const body = target.Input ?? event.json;
    try {
      await send(rule, target.Arn, body);
    } catch (error) {
      if (!(error instanceof DeliveryError)) throw error;
      report(`${rule.arn} cannot deliver event ${event.id}: ${error.message}`);
      const deadLetters = target.DeadLetterConfig?.Arn;
      if (deadLetters === undefined) return;
      await send(rule, deadLetters, body, deadLetterAttributes(rule, target, error)).catch((again) =>
        report(
          `${rule.arn} cannot deliver event ${event.id} to the dead-letter queue either: ${describeError(again)}`,
        ),
      );
    }
  };
}

/** Escapes characters outside the Basic Multilingual Plane in JSON, because fauxqs rejects them; SQS does not. */
function escapeAstral(json: string): string {
  return json.replace(/[\ud800-\udfff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16)}`);
}

type Attributes = Record<string, { DataType: string; StringValue: string }>;

class DeliveryError extends Error {
  readonly code: string;

  constructor(code: string, message: string, options?: { cause: unknown }) {
    super(message, options);
    this.code = code;
  }
}

/** https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-rule-dlq.html */
function deadLetterAttributes(rule: Rule, target: Target, error: DeliveryError): Attributes {
  const text = (StringValue: string) => ({ DataType: 'String', StringValue });
  return {
    RULE_ARN: text(rule.arn),
    TARGET_ARN: text(target.Arn),
    ERROR_CODE: text(error.code),
    ERROR_MESSAGE: text(error.message),
  };
}
