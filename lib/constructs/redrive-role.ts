// The role that operators assume to put messages back on the ingest queue. Only this role and the rules of the bus can
// send to that queue.
import { Validations } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as kms from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Queues } from './queues.ts';

export interface RedriveRoleProps {
  readonly queues: Queues;
  /** The keys of the queues. */
  readonly encryptionKeys: readonly kms.IKey[];
}

/** A role with the permissions that `npm run redrive` needs. IAM policies in the account determine who can assume it. */
export class RedriveRole extends Construct {
  readonly role: iam.Role;

  constructor(scope: Construct, id: string, { queues, encryptionKeys }: RedriveRoleProps) {
    super(scope, id);
    this.role = new iam.Role(this, 'Role', {
      assumedBy: new iam.AccountRootPrincipal(),
      description: 'Request Logs: puts messages of the other queues back on the ingest queue',
    });
    const { ingest, deadLetters, undelivered, rejected } = queues;
    const taken = [deadLetters, undelivered, rejected];
    this.allow(
      ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:ChangeMessageVisibility'],
      taken.map(({ queueArn }) => queueArn),
    );
    this.allow(
      ['sqs:GetQueueAttributes'],
      [ingest, ...taken].map(({ queueArn }) => queueArn),
    );
    // For the SQS move task, which moves many dead letters at once.
    this.allow(
      ['sqs:StartMessageMoveTask', 'sqs:ListMessageMoveTasks', 'sqs:CancelMessageMoveTask'],
      [deadLetters.queueArn],
    );
    this.allow(['sqs:SendMessage'], [ingest.queueArn]);
    this.allow(
      ['kms:Decrypt', 'kms:GenerateDataKey'],
      encryptionKeys.map(({ keyArn }) => keyArn),
    );
    this.allow(['sqs:ListQueues'], ['*']);
    Validations.of(this.role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason:
        'sqs:ListQueues does not support resources. With it, redrive finds the queues of a stage by their names.',
    });
  }

  private allow(actions: string[], resources: string[]): void {
    this.role.addToPolicy(new iam.PolicyStatement({ actions, resources }));
  }
}
