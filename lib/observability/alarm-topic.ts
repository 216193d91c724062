// The topic that alarms notify: an encrypted topic of this stack, or an existing one.
import { Aws, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import * as sns from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';

export interface AlarmTopicProps {
  /** CloudWatch and EventBridge must be allowed to use it. */
  readonly encryptionKey: kms.IKey;
  /** Each address receives a message to confirm the subscription. */
  readonly emails: readonly string[];
  /**
   * ARN of a topic that CloudWatch and EventBridge can publish to.
   * @default a topic is created
   */
  readonly existing?: string | undefined;
}

/** The topic with its subscribers. */
export class AlarmTopic extends Construct {
  readonly topic: sns.ITopic;

  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    super(scope, id);
    if (props.existing !== undefined) {
      this.topic = sns.Topic.fromTopicArn(this, 'Existing', props.existing);
      return;
    }
    const topic = new sns.Topic(this, 'Topic', {
      displayName: Stack.of(this).stackName,
      masterKey: props.encryptionKey,
      enforceSSL: true,
    });
    // A topic policy replaces SNS's default policy, which lets the account's alarms publish.
    topic.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'AllowAlarms',
        principals: [new iam.ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: {
          StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID },
          ArnLike: {
            'aws:SourceArn': `arn:${Aws.PARTITION}:cloudwatch:${Aws.REGION}:${Aws.ACCOUNT_ID}:alarm:*`,
          },
        },
      }),
    );
    // Without a condition: AWS documents none that EventBridge supports for a topic.
    topic.addToResourcePolicy(
      new iam.PolicyStatement({
        sid: 'AllowProtectionWatch',
        principals: [new iam.ServicePrincipal('events.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
      }),
    );
    for (const email of props.emails) topic.addSubscription(new EmailSubscription(email));
    this.topic = topic;
  }
}
