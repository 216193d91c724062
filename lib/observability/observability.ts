// Monitoring of the stack: topic, alarms, dashboard, and saved log queries.
import type { Duration } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { AlarmDefinition } from './alarm-definition.ts';
import { listAlarms } from './alarm-list.ts';
import { AlarmTopic } from './alarm-topic.ts';
import { StackDashboard } from './dashboard.ts';
import { type ProtectedResources, ProtectionWatch } from './protection-watch.ts';
import { SavedQueries } from './saved-queries.ts';
import type { Watched } from './watched.ts';

export interface ObservabilityProps {
  readonly watched: Watched;
  /** Resources whose changes of protection are reported. */
  readonly protected: ProtectedResources;
  /** Prefix of every alarm, dashboard and saved query. Unique among the stages of the account. */
  readonly name: string;
  readonly encryptionKey: kms.IKey;
  /** Subscribers of the topic that is created here. */
  readonly emails: readonly string[];
  /** @default a topic is created */
  readonly topicArn?: string | undefined;
  /** Time without a new entry that raises an alarm. */
  readonly silence: Duration;
  /** Denied attempts within five minutes that raise an alarm. */
  readonly deniedAttempts: number;
  /** URL of the runbook, without a fragment. */
  readonly runbookUrl: string;
}

const missingData = {
  ok: cloudwatch.TreatMissingData.NOT_BREACHING,
  bad: cloudwatch.TreatMissingData.BREACHING,
  unchanged: cloudwatch.TreatMissingData.IGNORE,
} as const;

/** The monitoring of one stack. */
export class Observability extends Construct {
  readonly topic: AlarmTopic;

  constructor(scope: Construct, id: string, props: ObservabilityProps) {
    super(scope, id);
    this.topic = new AlarmTopic(this, 'AlarmTopic', {
      encryptionKey: props.encryptionKey,
      emails: props.emails,
      existing: props.topicArn,
    });
    const action = new SnsAction(this.topic.topic);
    const { rule } = new ProtectionWatch(this, 'Protection', {
      watched: props.protected,
      topic: this.topic.topic,
      name: props.name,
      runbookUrl: props.runbookUrl,
    });
    const alarms = listAlarms(props.watched, { ...props, protectionRule: rule }).map((definition) => {
      const alarm = this.addAlarm(definition, props);
      alarm.addAlarmAction(action);
      alarm.addOkAction(action);
      return alarm;
    });
    new StackDashboard(this, 'Dashboard', {
      watched: props.watched,
      alarms,
      name: props.name,
      runbookUrl: props.runbookUrl,
    });
    new SavedQueries(this, 'Queries', { watched: props.watched, folder: props.name });
  }

  private addAlarm(definition: AlarmDefinition, { name, runbookUrl }: ObservabilityProps): cloudwatch.Alarm {
    const { section, of, periods = 1 } = definition;
    const id = of === undefined ? section : `${section}-${of}`;
    return new cloudwatch.Alarm(this, id, {
      alarmName: `${name}-${id}`,
      alarmDescription: `${definition.means} ${runbookUrl}#alarm-${section}`,
      metric: definition.metric,
      threshold: definition.threshold,
      comparisonOperator:
        definition.comparison ?? cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
      evaluationPeriods: periods,
      datapointsToAlarm: definition.periodsBeyond ?? periods,
      treatMissingData: missingData[definition.missing ?? 'ok'],
    });
  }
}
