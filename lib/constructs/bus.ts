// The event bus that MayaOps services put events on: its policy, its archive, and the rules that deliver to the
// queue.
import type { Duration } from 'aws-cdk-lib';
import * as events from 'aws-cdk-lib/aws-events';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import type * as sqs from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { EventSource } from '../../core/contract/vocabulary.ts';
import { releasedRedactionVersions } from '../../core/redaction/engine/rule-version.ts';

export interface BusProps {
  /** Name of the bus, which producers use. */
  readonly busName: string;
  readonly archiveKey: kms.IKey;
  readonly archiveRetention: Duration;
  /** Other accounts that can put events. The stack's own account needs no bus policy. */
  readonly producerAccounts: readonly string[];
  /**
   * An AWS organization whose accounts can put events.
   * @default none
   */
  readonly producerOrganizationId?: string | undefined;
  /** The target of the rules. */
  readonly queue: sqs.Queue;
  /** Dead-letter queue of the rules: events that the target refused, or could not receive for 24 hours. */
  readonly undelivered: sqs.Queue;
}

const ruleIds: Record<EventSource, string> = {
  'mayaops.services': 'Services',
  'mayaops.resources': 'Resources',
};

const sources = Object.keys(ruleIds) as EventSource[];

/** The bus with its archive, policy and rules: one rule for each source, and one for events of any other source. */
export class Bus extends Construct {
  readonly bus: events.EventBus;
  readonly rules: readonly events.Rule[];

  constructor(scope: Construct, id: string, props: BusProps) {
    super(scope, id);
    this.bus = new events.EventBus(this, 'Bus', {
      eventBusName: props.busName,
      description: 'Creates, updates and deletes of MayaOps services and resources',
    });
    // `bus.archive({ kmsKey })` ignores the key. The construct uses it.
    new events.Archive(this, 'Archive', {
      sourceEventBus: this.bus,
      description: 'Redacted events, for replay',
      // An event that the emitter did not redact can contain a secret, so it is not archived. The producer sets the
      // version, so the recorder counts events that have a version but are not redacted, and an alarm reports them.
      eventPattern: {
        source: [...sources],
        detail: { redaction: { version: [...releasedRedactionVersions] } },
      },
      retention: props.archiveRetention,
      kmsKey: props.archiveKey,
    });
    this.allowProducers(props);
    this.rules = [
      ...sources.map((source) => this.routeToQueue(ruleIds[source], [source], props)),
      this.routeToQueue('Others', events.Match.anythingBut(...sources), props),
    ];
  }

  private allowProducers(props: BusProps): void {
    if (props.producerAccounts.length > 0) {
      this.allowPutEvents(
        `${props.busName}-ProducerAccounts`,
        props.producerAccounts.map((account) => new iam.AccountPrincipal(account)),
      );
    }
    if (props.producerOrganizationId !== undefined) {
      this.allowPutEvents(`${props.busName}-ProducerOrganization`, [new iam.AnyPrincipal()], {
        StringEquals: { 'aws:PrincipalOrgID': props.producerOrganizationId },
      });
    }
  }

  /** `sid` contains the stage: the statement IDs of an account's bus policies must differ (aws/aws-cdk#29627). */
  private allowPutEvents(
    sid: string,
    principals: iam.IPrincipal[],
    conditions: Record<string, unknown> = {},
  ): void {
    this.bus.addToResourcePolicy(
      new iam.PolicyStatement({
        sid,
        principals,
        actions: ['events:PutEvents'],
        resources: [this.bus.eventBusArn],
        conditions: {
          ...conditions,
          // The condition key has several values, and an absent key would satisfy the first condition.
          'ForAllValues:StringEquals': { 'events:source': [...sources] },
          Null: { 'events:source': 'false' },
        },
      }),
    );
  }

  /** Matches every detail-type: the recorder rejects unknown and mismatched types visibly instead of dropping them. */
  private routeToQueue(id: string, source: string[], props: BusProps): events.Rule {
    const rule = new events.Rule(this, id, {
      eventBus: this.bus,
      description: `Events to the recorder's queue: ${id.toLowerCase()}`,
      eventPattern: { source },
    });
    // CDK's queue target allows every rule in the account if the queue is encrypted. Another rule with a custom input
    // could then forge the account in the envelope, so this policy allows only this rule.
    for (const queue of [props.queue, props.undelivered]) {
      queue.addToResourcePolicy(
        new iam.PolicyStatement({
          principals: [new iam.ServicePrincipal('events.amazonaws.com')],
          actions: ['sqs:SendMessage'],
          resources: [queue.queueArn],
          conditions: { ArnEquals: { 'aws:SourceArn': rule.ruleArn } },
        }),
      );
    }
    rule.addTarget({
      bind: () => ({
        arn: props.queue.queueArn,
        deadLetterConfig: { arn: props.undelivered.queueArn },
        targetResource: props.queue,
      }),
    });
    return rule;
  }
}
