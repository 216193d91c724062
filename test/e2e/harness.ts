// The running synthesized stack, with helpers for tests: emit events, query the API, and inspect queues, tables
// and logs.
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Page } from '../../core/search/page.ts';
import type { Assembly } from '../../local/cloudformation/assembly.ts';
import { startLocalStack } from '../../local/stack/local-stack.ts';
import type { LocalStack } from '../../local/stack/local-stack-types.ts';
import { clientFor } from '../support/dynamodb.ts';
import { redriveCredentials } from '../support/redrive-credentials.ts';
import { sharedAssembly } from '../support/shared-assembly.ts';

const root = join(import.meta.dirname, '..', '..');

/** A DynamoDB engine for one harness. */
export interface Engine {
  readonly endpoint: string;
  stop(): Promise<void>;
}

export interface HarnessOptions {
  /** An existing DynamoDB endpoint. @default dynalite */
  readonly dynamodbEndpoint?: string | undefined;
  /** Starts an empty DynamoDB for this harness only, which stops with it. */
  readonly startEngine?: ((dataDir: string) => Promise<Engine>) | undefined;
  /** Changes the template before the stack starts. */
  readonly alter?: ((template: Template) => void) | undefined;
  /** A stack with another configuration. @default the synthesized stack that all tests share */
  readonly assembly?: Assembly | undefined;
  /** The data folder of an earlier harness. @default a new folder */
  readonly dataDir?: string | undefined;
}

// biome-ignore lint/suspicious/noExplicitAny: a template is whatever CloudFormation allows
export type Template = { Resources: Record<string, any> };

export interface ApiResponse {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: each test validates the part of a response that it reads
  readonly body: any;
  readonly headers: Headers;
}

export class Harness {
  readonly stack: LocalStack;

  readonly #engine: Engine | undefined;

  private constructor(stack: LocalStack, engine: Engine | undefined) {
    this.stack = stack;
    this.#engine = engine;
  }

  static async start({
    alter,
    assembly,
    dataDir,
    dynamodbEndpoint,
    startEngine,
  }: HarnessOptions = {}): Promise<Harness> {
    const { template, assetsDir } = assembly ?? (await sharedAssembly());
    const altered = structuredClone(template) as Template;
    alter?.(altered);
    const folder = dataDir ?? mkdtempSync(join(tmpdir(), 'request-logs-e2e-'));
    const engine = await startEngine?.(folder);
    return new Harness(
      await startLocalStack({
        template: altered,
        assetsDir,
        dataDir: folder,
        dynamodbEndpoint: engine?.endpoint ?? dynamodbEndpoint,
      }),
      engine,
    );
  }

  async stop({ keepData = false } = {}): Promise<void> {
    await this.stack.stop();
    await this.#engine?.stop();
    if (!keepData) rmSync(this.stack.dataDir, { recursive: true, force: true });
  }

  /** Runs `npm run emit` on event files, or on events written to files, and waits until the queue is drained. */
  async emit(
    events: readonly (string | object)[],
    ...flags: string[]
  ): Promise<{ code: number; output: string }> {
    const folder = mkdtempSync(join(tmpdir(), 'request-logs-events-'));
    const files = events.map((event, number) => {
      if (typeof event === 'string') return event;
      const file = join(folder, `${String(number).padStart(5, '0')}.json`);
      writeFileSync(file, JSON.stringify(event));
      return file;
    });
    const result = await new Promise<{ code: number; output: string }>((resolve) => {
      execFile(
        process.execPath,
        [join(root, 'ops', 'emit', 'emit-files.ts'), ...flags, ...files],
        { env: { ...process.env, EVENTBRIDGE_ENDPOINT: this.stack.url }, maxBuffer: 64 * 1024 * 1024 },
        (error, stdout, stderr) =>
          resolve({
            code: typeof error?.code === 'number' ? error.code : error ? -1 : 0,
            output: stdout + stderr,
          }),
      );
    });
    rmSync(folder, { recursive: true, force: true });
    await this.drain();
    return result;
  }

  async drain(timeoutMillis = 150_000): Promise<void> {
    if (!(await this.stack.waitUntilDrained(timeoutMillis))) throw new Error('the queue is not drained');
  }

  get(path: string, access: { persona?: string; token?: string | null } = {}): Promise<ApiResponse> {
    return this.send('GET', path, access);
  }

  /** Sends a request. `body` is sent as JSON, unless it is a string. */
  async send(
    method: string,
    path: string,
    { persona = 'admin', token, body }: { persona?: string; token?: string | null; body?: unknown } = {},
  ): Promise<ApiResponse> {
    const bearer = token === undefined ? await this.stack.token(persona) : token;
    const response = await fetch(`${this.stack.url}${path}`, {
      method,
      headers: {
        ...(bearer !== null && { authorization: `Bearer ${bearer}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text === '' ? undefined : JSON.parse(text),
      headers: response.headers,
    };
  }

  /** Reads every page of a query. */
  async walk(query: string, persona = 'admin'): Promise<Page[]> {
    const pages: Page[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const more: string = cursor === '' ? '' : `&cursor=${cursor}`;
      const { status, body } = await this.get(`/request-logs?${query}${more}`, { persona });
      if (status !== 200) throw new Error(`${status}: ${JSON.stringify(body)}`);
      pages.push(body);
      cursor = body.nextCursor;
    }
    return pages;
  }

  /** Returns the ids of all results of a query. */
  async ids(query: string, persona = 'admin'): Promise<string[]> {
    return (await this.walk(query, persona)).flatMap((page) => page.items.map((item) => item.id));
  }

  /** Bodies of the messages in a queue, by a part of its logical id such as `Rejected`. */
  messages(queue: string): string[] {
    const found = this.stack.status().queues.find(({ logicalId }) => logicalId.includes(`Queues${queue}`));
    if (!found) throw new Error(`no queue ${queue}`);
    return this.stack.peekQueue(found.logicalId).map((message) => message.body);
  }

  /** Reasons and events in the rejected queue. */
  rejections(): { reasons: { code: string; path: string }[]; event?: { detail?: { eventId?: string } } }[] {
    return this.messages('Rejected').map((body) => JSON.parse(body));
  }

  queueUrl(queue: string): string {
    return (
      this.stack.status().queues.find(({ logicalId }) => logicalId.includes(`Queues${queue}`))?.url ?? ''
    );
  }

  /** Credentials of the redrive role, the only role that can send to the ingest queue. */
  redriveCredentials(): { accessKeyId: string; secretAccessKey: string } {
    return redriveCredentials(this.stack.status());
  }

  functionName(service: string): string {
    const found = this.stack
      .status()
      .functions.find((name) => name.replaceAll('-', '').toLowerCase().includes(service));
    if (!found) throw new Error(`no function ${service} in ${this.stack.status().functions}`);
    return found;
  }

  /** All logs of the functions and the API. */
  logs(): string {
    const folder = join(this.stack.dataDir, 'logs');
    return readdirSync(folder)
      .map((name) => readFileSync(join(folder, name), 'utf8'))
      .join('\n');
  }

  /** The API's subsegment of each trace, as X-Ray would store it. */
  traces(): { annotations?: { route?: string; status?: number; apiRequestId?: string } }[] {
    const text = readFileSync(join(this.stack.dataDir, 'logs', 'traces.log'), 'utf8');
    return text
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
  }

  /** Every item of both tables, read with the account's root user. */
  async items(): Promise<Record<string, unknown>[]> {
    const client = clientFor(this.stack.url);
    const scans = this.stack.status().tables.map((TableName) => client.send(new ScanCommand({ TableName })));
    return (await Promise.all(scans)).flatMap((scan) => scan.Items ?? []);
  }
}
