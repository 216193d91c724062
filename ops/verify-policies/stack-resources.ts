// Reads the physical IDs of a deployed stack's resources from CloudFormation.
import { type ClientConfiguration, callQueryApi, textOf } from '../command/aws-query.ts';

const cloudFormation = { id: 'cloudformation', name: 'CloudFormation' } as const;

/**
 * Returns physical IDs by logical ID. Fails with CommandError when CloudFormation rejects the request. Requires
 * `cloudformation:ListStackResources`.
 */
export async function listStackResources(
  stackName: string,
  configuration: ClientConfiguration,
  environment: NodeJS.ProcessEnv,
): Promise<ReadonlyMap<string, string>> {
  const physicalIds = new Map<string, string>();
  let token: string | undefined;
  do {
    const xml = await callQueryApi(
      cloudFormation,
      {
        Action: 'ListStackResources',
        Version: '2010-05-15',
        StackName: stackName,
        ...(token !== undefined && { NextToken: token }),
      },
      configuration,
      environment,
    );
    for (const [, member = ''] of xml.matchAll(/<member>(.*?)<\/member>/gs)) {
      const logicalId = textOf(member, 'LogicalResourceId');
      const physicalId = textOf(member, 'PhysicalResourceId');
      if (logicalId !== undefined && physicalId !== undefined) physicalIds.set(logicalId, physicalId);
    }
    token = textOf(xml, 'NextToken');
  } while (token !== undefined && token !== '');
  return physicalIds;
}
