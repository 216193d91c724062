// Runs the synthesized stack for the storm: the recorder calls AWS through the proxies, timeouts are short, and
// the stack can be restarted on the same queues and tables.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Assembly } from '../../local/cloudformation/assembly.ts';
import { type LocalStack, startLocalStack } from '../../local/stack/local-stack.ts';

export interface StormStackOptions {
  readonly assembly: Assembly;
  readonly dataDir: string;
  readonly dynamodbEndpoint: string;
  readonly dynamodbAccessKeyId: string;
  /** Where the recorder finds DynamoDB and the rejected queue. */
  readonly storeProxyUrl: string;
  /** Remove the mapping's report of failed messages, as a sabotage. */
  readonly withoutItemFailures: boolean;
  /** Called with each problem that the stack reports. */
  readonly report: (line: string) => void;
}

/** Values in the storm's template that differ from the product's. The report lists them. */
export const alterations = {
  recorderTimeoutSeconds: 20,
  /** Longer than the function timeout. The product has 361 seconds for a timeout of 60. */
  visibilityTimeoutSeconds: 24,
  batchSize: 5,
  /** The product has 7. Fewer deliveries give the storm more dead letters. */
  maxReceiveCount: 3,
} as const;

/** Concurrent batches. */
const concurrency = 6;

const startTries = 5;

export class StormStack {
  readonly port: number;
  readonly #options: StormStackOptions;
  readonly #clockFile: string;
  #stack: LocalStack | undefined;

  private constructor(port: number, options: StormStackOptions) {
    this.port = port;
    this.#options = options;
    this.#clockFile = join(options.dataDir, 'clock-skew-millis');
  }

  static async start(port: number, options: StormStackOptions): Promise<StormStack> {
    const stack = new StormStack(port, options);
    stack.skewClock(0);
    await stack.#start();
    return stack;
  }

  get running(): LocalStack {
    if (this.#stack === undefined) throw new Error('the stack is being restarted');
    return this.#stack;
  }

  /** Sets the clock skew of recorder processes that start from now on. */
  skewClock(millis: number): void {
    writeFileSync(this.#clockFile, String(millis));
  }

  async restart(): Promise<void> {
    const stack = this.running;
    this.#stack = undefined;
    await stack.stop();
    await this.#start();
  }

  async stop(): Promise<void> {
    await this.#stack?.stop();
    this.#stack = undefined;
  }

  async #start(): Promise<void> {
    const { assembly, dataDir, dynamodbEndpoint, dynamodbAccessKeyId, report } = this.#options;
    for (let tries = 1; ; tries++) {
      try {
        this.#stack = await startLocalStack({
          template: this.#alter(assembly.template),
          assetsDir: assembly.assetsDir,
          dataDir,
          port: this.port,
          dynamodbEndpoint,
          dynamodbAccessKeyId,
          concurrency,
          report,
        });
        return;
      } catch (error) {
        // Another process may have used the port for a moment.
        if (tries === startTries) throw error;
        await new Promise((resolve) => setTimeout(resolve, 1_000));
      }
    }
  }

  #alter(synthesized: unknown): unknown {
    const template = structuredClone(synthesized) as Template;
    for (const [logicalId, { Type, Properties }] of Object.entries(template.Resources)) {
      if (Type === 'AWS::SQS::Queue' && Properties.VisibilityTimeout) {
        Properties.VisibilityTimeout = alterations.visibilityTimeoutSeconds;
        if (Properties.RedrivePolicy) Properties.RedrivePolicy.maxReceiveCount = alterations.maxReceiveCount;
      }
      if (Type === 'AWS::Lambda::EventSourceMapping') {
        // Small batches make many calls, so that every kind of fault happens.
        Properties.BatchSize = alterations.batchSize;
        if (this.#options.withoutItemFailures) delete Properties.FunctionResponseTypes;
      }
      if (Type === 'AWS::Lambda::Function' && logicalId.includes('Recorder')) this.#alterRecorder(Properties);
    }
    return template;
  }

  #alterRecorder(properties: Properties): void {
    const { storeProxyUrl } = this.#options;
    const variables = properties.Environment.Variables;
    properties.Timeout = alterations.recorderTimeoutSeconds;
    properties.Environment.Variables = {
      ...variables,
      AWS_ENDPOINT_URL_DYNAMODB: storeProxyUrl,
      AWS_ENDPOINT_URL_S3: storeProxyUrl,
      // SQS clients call the address in the queue's URL.
      REJECTED_QUEUE_URL: throughProxy(storeProxyUrl, variables.REJECTED_QUEUE_URL),
      DEAD_LETTER_QUEUE_URL: throughProxy(storeProxyUrl, variables.DEAD_LETTER_QUEUE_URL),
      NODE_OPTIONS: `--import=${pathToFileURL(join(import.meta.dirname, 'recorder-preload.ts')).href}`,
      STORM_CLOCK_SKEW_FILE: this.#clockFile,
    };
  }
}

// biome-ignore lint/suspicious/noExplicitAny: a template is whatever CloudFormation allows
type Properties = Record<string, any>;
type Template = { Resources: Record<string, { Type: string; Properties: Properties }> };

/** Returns the URL of the queue in `reference` with the address of the proxy. */
function throughProxy(proxyUrl: string, { Ref }: { Ref: string }): unknown {
  const name = { 'Fn::GetAtt': [Ref, 'QueueName'] };
  return { 'Fn::Join': ['', [`${proxyUrl}/`, { Ref: 'AWS::AccountId' }, '/', name]] };
}
