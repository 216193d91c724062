// Tests the parts of the local stack together, with a small template.
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LocalStack, startLocalStack } from '../../local/stack/local-stack.ts';
import { assetsWith, smallTemplate } from './small-stack.ts';

/** Responds with its event, and fails messages, crashes, or hangs when the event says so. */
const assetsDir = assetsWith(`
export async function handler(event, context) {
  if (event.crash) process.exit(3);
  if (event.hang) await new Promise(() => setInterval(() => {}, 1000));
  if (event.datagram) {
    const [host, port] = process.env.AWS_XRAY_DAEMON_ADDRESS.split(':');
    const socket = (await import('node:dgram')).createSocket('udp4');
    await new Promise((sent) => socket.send(event.datagram, Number(port), host, sent));
    socket.close();
    return process.env._X_AMZN_TRACE_ID;
  }
  if (event.throw) throw new TypeError('as requested');
  if (!event.Records) {
    const environment = Object.keys(process.env);
    return { event, environment, remaining: context.getRemainingTimeInMillis(), name: context.functionName };
  }
  console.log('got ' + event.Records.map((record) => JSON.parse(record.body).detail.name).join());
  const failed = event.Records.filter((record) => JSON.parse(record.body).detail.fail);
  return { batchItemFailures: failed.map((record) => ({ itemIdentifier: record.messageId })) };
}
`);
afterAll(() => rmSync(assetsDir, { recursive: true, force: true }));

let dataDir: string;
let stack: LocalStack;
let reports: string[];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'request-logs-local-'));
});

afterEach(async () => {
  await stack?.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function start(change: (resources: ReturnType<typeof smallTemplate>['Resources']) => void = () => {}) {
  const template = smallTemplate();
  change(template.Resources);
  reports = [];
  stack = await startLocalStack({
    template,
    assetsDir,
    stackName: 'Small',
    dataDir,
    report: (line) => reports.push(line),
  });
}

async function put(detail: object, source = 'shop'): Promise<void> {
  const client = new EventBridgeClient({
    endpoint: stack.url,
    region: 'eu-west-1',
    credentials: { accessKeyId: '210987654321', secretAccessKey: 'local' },
  });
  const Detail = JSON.stringify(detail);
  await client.send(
    new PutEventsCommand({
      Entries: [{ EventBusName: 'small', Source: source, DetailType: 'Sold', Detail }],
    }),
  );
}

const log = () => readFileSync(join(dataDir, 'logs', 'Small-Function.log'), 'utf8');

describe('the event path', () => {
  it('delivers events that match the rule through bus, rule, and queue to the function', async () => {
    await start();
    await put({ name: 'one' });
    await put({ name: 'two' }, 'other');
    expect(await stack.waitUntilDrained(10_000)).toBe(true);
    expect(log()).toBe('got one\n');
  });

  it('redelivers failed messages after the visibility timeout and moves them to the dead-letter queue', async () => {
    await start();
    await put({ name: 'bad', fail: true });
    expect(await stack.waitUntilDrained(15_000)).toBe(true);
    expect(log()).toBe('got bad\ngot bad\n');
    const [message] = stack.peekQueue('DeadLetters');
    expect(JSON.parse(message?.body ?? '')).toMatchObject({
      account: '210987654321',
      detail: { name: 'bad' },
    });
  });

  it('keeps events in the queue while the stack is stopped', async () => {
    await start((resources) => {
      resources.Source.Properties.Enabled = false;
    });
    await put({ name: 'kept' });
    await stack.stop();
    await start();
    expect(stack.backlog()).toBe(1);
    expect(await stack.waitUntilDrained(10_000)).toBe(true);
    expect(log()).toBe('got kept\n');
  });

  it('sends undeliverable events to the dead-letter queue of the target, or reports them', async () => {
    await start((resources) => {
      resources.QueuePolicy.Properties.PolicyDocument.Statement[0].Action = 'sqs:ReceiveMessage';
    });
    await put({ name: 'lost' });
    expect(stack.backlog()).toBe(0);
    expect(reports.join()).toContain('events.amazonaws.com is not authorized to perform: sqs:SendMessage');
  });

  it('ignores a disabled rule', async () => {
    await start((resources) => {
      resources.Rule.Properties.State = 'DISABLED';
    });
    await put({ name: 'unseen' });
    expect(stack.backlog()).toBe(0);
  });
});

describe('the API', () => {
  const ask = async (path: string, persona?: string) =>
    fetch(`${stack.url}${path}`, {
      headers: persona === undefined ? {} : { authorization: `Bearer ${await stack.token(persona)}` },
    });

  it('invokes the function with a verified request and only its own environment', async () => {
    await start();
    process.env.OF_THE_TEST = 'must not be seen';
    const response = await ask('/things/7?a=1&a=2', 'account-operator');
    delete process.env.OF_THE_TEST;
    expect(response.status).toBe(200);
    const answer: unknown = await response.json();
    expect(answer).toMatchObject({
      event: {
        pathParameters: { id: '7' },
        queryStringParameters: { a: '1,2' },
        requestContext: {
          authorizer: {
            jwt: {
              claims: {
                organization: 'acme',
                accounts: '210987654321',
                iss: `${stack.url}/_local/issuer`,
              },
            },
          },
        },
      },
      name: 'Small-Function',
      remaining: expect.any(Number),
      environment: expect.arrayContaining(['TABLE_NAME', 'AWS_ACCESS_KEY_ID', 'AWS_REGION']),
    });
    expect(answer).toHaveProperty('environment', expect.not.arrayContaining(['OF_THE_TEST']));
    expect(answer).toHaveProperty('environment', expect.not.arrayContaining(['HOME']));
  });

  it('responds with 401 without a token and 404 without a route', async () => {
    await start();
    const refused = await ask('/things/7');
    expect([refused.status, await refused.text()]).toEqual([401, '{"message":"Unauthorized"}']);
    const missing = await ask('/nothing', 'admin');
    expect([missing.status, await missing.text()]).toEqual([404, '{"message":"Not Found"}']);
  });

  it('accepts a token from before a restart', async () => {
    await start();
    const { port } = stack;
    const token = await stack.token('admin');
    await stack.stop();
    stack = await startLocalStack({
      template: smallTemplate(),
      assetsDir,
      stackName: 'Small',
      dataDir,
      port,
    });
    const response = await fetch(`${stack.url}/things/7`, { headers: { authorization: `Bearer ${token}` } });
    expect(response.status).toBe(200);
  });

  it('responds with 500 when API Gateway has no permission to invoke the function', async () => {
    await start((resources) => {
      delete resources.Permission;
    });
    const response = await ask('/things/7', 'admin');
    expect([response.status, await response.text()]).toEqual([500, '{"message":"Internal Server Error"}']);
    expect(reports.join()).toContain('lambda:InvokeFunction');
  });

  it('rejects requests with a foreign host, on the API, the issuer, and the AWS endpoint', async () => {
    await start();
    const ask = (path: string, headers: Record<string, string>, host: string) =>
      new Promise<string>((resolve, reject) => {
        const options = { host: '127.0.0.1', port: stack.port, path, headers: { ...headers, host } };
        const request = get(options, async (response) => {
          resolve(`${response.statusCode} ${Buffer.concat(await response.toArray())}`);
        });
        request.on('error', reject);
      });
    const refusal = /^403 .*accepts only requests to localhost/;
    for (const [path, headers] of [
      ['/shop/1', {}],
      ['/_local/token?persona=admin', {}],
      ['/_local/issuer/.well-known/openid-configuration', {}],
      ['/', { 'x-amz-target': 'AmazonSQS.ListQueues' }],
      ['/', { 'x-amz-target': 'DynamoDB_20120810.ListTables' }],
      ['/', { authorization: 'AWS4-HMAC-SHA256 Credential=1/2/3/s3/aws4_request' }],
    ] as const) {
      for (const host of [`evil.example:${stack.port}`, `localhost:${stack.port + 1}`, 'localhost']) {
        expect(await ask(path, headers, host)).toMatch(refusal);
      }
      for (const host of [`localhost:${stack.port}`, `127.0.0.1:${stack.port}`]) {
        expect(await ask(path, headers, host)).not.toMatch(refusal);
      }
    }
  });

  it('lists the personas when the persona is missing or unknown', async () => {
    await start();
    const response = await fetch(`${stack.url}/_local/token?persona=nobody`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('must be one of admin, auditor, developer');
  });
});

describe('a function', () => {
  it.each([
    [{ crash: true }, 'Runtime.ExitError'],
    [{ hang: true }, 'Sandbox.Timedout'],
    [{ throw: true }, 'TypeError'],
  ])('fails when the event is %j, and works again afterwards', async (event, errorType) => {
    await start();
    expect((await stack.invoke('Function', event)).failure?.errorType).toBe(errorType);
    expect(await stack.invoke('Function', {})).toHaveProperty('payload');
  });
});

describe('the X-Ray daemon of a function', () => {
  const document = {
    type: 'subsegment',
    id: '53995c3f42cd8ad8',
    parent_id: '53995c3f42cd8ad9',
    trace_id: '1-5759e988-bd862e3fe1be46a994272793',
    name: 'created manually',
    start_time: 1,
    end_time: 2,
  };
  const datagram = `{"format":"json","version":1}\n${JSON.stringify(document)}`;
  const traces = () => readFileSync(join(dataDir, 'logs', 'traces.log'), 'utf8');

  const startAllowing = (...actions: string[]) =>
    start((resources) => {
      resources.Function.Properties.TracingConfig = { Mode: 'Active' };
      const allowed = { Effect: 'Allow', Action: ['sts:GetCallerIdentity', ...actions], Resource: '*' };
      resources.RolePolicy.Properties.PolicyDocument.Statement.push(allowed);
    });

  it('stores the subsegments of the function', async () => {
    await startAllowing('xray:PutTraceSegments');
    await stack.invoke('Function', { datagram });
    await expect.poll(traces).toBe(`${JSON.stringify(document)}\n`);
  });

  it.each([
    ['without its header', JSON.stringify(document)],
    ['that is not JSON', '{"format":"json","version":1}\nhello'],
    ['that ends before it starts', datagram.replace('"end_time":2', '"end_time":0')],
    ['with a name that X-Ray rejects', datagram.replace('created manually', '{made}')],
  ])('reports a document %s', async (_, broken) => {
    await startAllowing('xray:PutTraceSegments');
    await stack.invoke('Function', { datagram: broken });
    await expect.poll(() => reports).toEqual(['Function sent an invalid subsegment to the X-Ray daemon']);
    expect(traces()).toBe('');
  });

  it('reports that the role has no permission to write traces', async () => {
    await startAllowing();
    await stack.invoke('Function', { datagram });
    await expect.poll(() => reports.join()).toContain('Function: traces are lost: AccessDenied');
    expect(traces()).toBe('');
  });

  it.each([
    ['Active', 'Sampled=1'],
    ['PassThrough', 'Sampled=0'],
  ])('sets the trace header for tracing mode %s', async (Mode, sampled) => {
    await start((resources) => {
      resources.Function.Properties.TracingConfig = { Mode };
    });
    const { payload } = (await stack.invoke('Function', { datagram })) as { payload: string };
    expect(JSON.parse(payload)).toMatch(
      new RegExp(`^Root=1-[0-9a-f]{8}-[0-9a-f]{24};Parent=[0-9a-f]{16};${sampled}$`),
    );
  });
});

describe('startLocalStack', () => {
  it('fails when the role has no permission to receive from the event source queue', async () => {
    const failing = start((resources) => {
      resources.RolePolicy.Properties.PolicyDocument.Statement.shift();
    });
    await expect(failing).rejects.toThrow(/event source mapping Source: AccessDenied: .*sqs:ReceiveMessage/);
  });

  it('fails when the data folder has data of another version, and unlocks it', async () => {
    await start();
    await stack.stop();
    writeFileSync(join(dataDir, 'data-version'), '0\n');
    await expect(start()).rejects.toThrow(`rm -r ${dataDir}`);
    expect(existsSync(join(dataDir, 'running.pid'))).toBe(false);
  });

  it('fails when a stored table has different indexes than the template', async () => {
    await start();
    await stack.stop();
    const failing = start((resources) => {
      delete resources.Table.Properties.GlobalSecondaryIndexes;
    });
    await expect(failing).rejects.toThrow('table Small-Table is stored with other keys or indexes');
  });

  it('fails when the port is in use, and unlocks the data folder', async () => {
    await start();
    const other = mkdtempSync(join(tmpdir(), 'request-logs-local-'));
    const options = { template: smallTemplate(), assetsDir, stackName: 'Small', dataDir: other };
    await expect(startLocalStack({ ...options, port: stack.port })).rejects.toThrow(
      `port ${stack.port} is in use`,
    );
    const second = await startLocalStack(options);
    await second.stop();
    rmSync(other, { recursive: true, force: true });
  });
});
