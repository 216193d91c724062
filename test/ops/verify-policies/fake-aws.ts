// Fake AWS with a deployed stack: CloudFormation's list of resources, and the policies of tables, queues, and the bus.
// The local stack's code resolves the policies from the template, so it checks the command's own resolver
// independently.
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tableKind } from '../../../local/cloudformation/kinds/dynamodb.ts';
import { eventBusKind, eventBusPolicyKind, ruleKind } from '../../../local/cloudformation/kinds/events.ts';
import { roleKind } from '../../../local/cloudformation/kinds/iam.ts';
import { queueKind, queuePolicyKind } from '../../../local/cloudformation/kinds/sqs.ts';
import { loadStack } from '../../../local/cloudformation/stack.ts';
import { parseTemplate } from '../../../local/cloudformation/template.ts';

// biome-ignore lint/suspicious/noExplicitAny: tests can set any policy
export type Policy = { Version: string; Statement: Record<string, any>[] };

export interface FakeAws {
  readonly url: string;
  /** Policies by the name of their table, queue or bus. Tests can change or remove them. */
  readonly policies: Map<string, Policy>;
  close(): void;
}

/** Resources per page of ListStackResources, small enough for several pages. */
const pageSize = 100;

export async function startFakeAws(template: object, stackName: string): Promise<FakeAws> {
  const stack = loadStack(parseTemplate(template), {
    stackName,
    accountId: '210987654321',
    region: 'eu-west-1',
    gatewayUrl: 'https://sqs.eu-west-1.amazonaws.com',
  });
  const version = '2012-10-17';
  const policies = new Map<string, Policy>();
  for (const { ref, properties } of stack.resources(tableKind)) {
    const document = properties.ResourcePolicy?.PolicyDocument;
    if (document !== undefined)
      policies.set(ref, structuredClone({ Version: version, Statement: document.Statement }));
  }
  for (const { properties } of stack.resources(queuePolicyKind)) {
    const name = properties.Queues[0]?.split('/').at(-1) ?? '';
    policies.set(name, { Version: version, Statement: structuredClone(properties.PolicyDocument.Statement) });
  }
  for (const { ref } of stack.resources(eventBusKind)) {
    const statements = stack
      .resources(eventBusPolicyKind)
      .map(({ properties }) => ({ ...properties.Statement }));
    policies.set(ref, { Version: version, Statement: structuredClone(statements) });
  }
  const listed = [tableKind, queueKind, eventBusKind, ruleKind, roleKind].flatMap((kind) =>
    stack.resources(kind),
  );
  const others = Array.from({ length: pageSize }, (_, index) => ({
    logicalId: `Other${index}`,
    ref: `other-${index}`,
  }));
  const members = [...others, ...listed].map(
    ({ logicalId, ref }) =>
      `<member><PhysicalResourceId>${ref}</PhysicalResourceId><LogicalResourceId>${logicalId}</LogicalResourceId></member>`,
  );

  function listResources(form: URLSearchParams): string | undefined {
    if (form.get('StackName') !== stackName) return undefined;
    const from = Number(form.get('NextToken') ?? 0);
    const next = from + pageSize < members.length ? `<NextToken>${from + pageSize}</NextToken>` : '';
    return `<R><StackResourceSummaries>${members.slice(from, from + pageSize).join('')}</StackResourceSummaries>${next}</R>`;
  }

  const textOf = (name: string) => {
    const policy = policies.get(name);
    return policy && JSON.stringify(policy);
  };
  const server = createServer(async (request, response) => {
    const body = await readBody(request);
    const operation = String(request.headers['x-amz-target'] ?? '').split('.')[1];
    if (operation === undefined) {
      const xml = listResources(new URLSearchParams(body));
      response.statusCode = xml === undefined ? 400 : 200;
      const error = '<Error><Code>ValidationError</Code><Message>Stack does not exist</Message></Error>';
      return response.end(xml ?? error);
    }
    response.setHeader('content-type', 'application/x-amz-json-1.0');
    const input = JSON.parse(body);
    if (operation === 'GetResourcePolicy') {
      const Policy = textOf(input.ResourceArn.split('/').at(-1));
      if (Policy === undefined) response.statusCode = 400;
      return response.end(
        JSON.stringify(Policy === undefined ? { __type: 'PolicyNotFoundException' } : { Policy }),
      );
    }
    if (operation === 'GetQueueAttributes') {
      const Policy = textOf(input.QueueUrl.split('/').at(-1));
      return response.end(JSON.stringify(Policy === undefined ? {} : { Attributes: { Policy } }));
    }
    return response.end(JSON.stringify({ Name: input.Name, Policy: textOf(input.Name) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    policies,
    close: () => server.close(),
  };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
