// The command `npm run emit -- FILE…`: publishes event files through the emitter's client, by default to the
// local stack. Reads arguments and environment, prints one line an event; the emitter does the rest.
import { parseArgs } from 'node:util';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { escapeForTerminal } from '../../core/values/terminal-text.ts';
import { type FileEvent, readEventFile } from './event-file.ts';
import { type FileEmitResult, publishFileEvents } from './publish-files.ts';
import { failedLine, publishedLine } from './result-line.ts';

const usage = `Usage: npm run emit -- [--raw] FILE…

Publishes event files (one EventBridge-shaped event, or an array of them) to the local stack.

  --raw    send each detail as it stands, unchecked and unredacted, as a service without the emitter would

Environment: EVENTBRIDGE_ENDPOINT (default http://localhost:<PORT or 3000>), EVENT_BUS_NAME (default
request-logs-local), AWS_REGION (default eu-west-1).`;

process.exitCode = await main();

/** The exit code: 0 when every event was published, 1 when one failed, 2 when the command makes no sense. */
async function main(): Promise<number> {
  const args = readArguments();
  if (args?.help) {
    console.log(usage);
    return 0;
  }
  if (args === undefined || args.files.length === 0) {
    console.error(usage);
    return 2;
  }
  const endpoint = readEndpoint();
  return endpoint === undefined ? 2 : emitFiles(args.files, args.raw, endpoint);
}

async function emitFiles(files: readonly string[], raw: boolean, endpoint: URL): Promise<number> {
  const events = files.flatMap((file) => readEventFile(file, { exact: raw }));
  const fates = await publishFileEvents(events, {
    raw,
    eventBusName: process.env.EVENT_BUS_NAME || 'request-logs-local',
    isLocal: isLocal(endpoint),
    clientFor: (account) => makeClient(endpoint, account),
  });
  for (const [index, fate] of fates.entries()) console.log(toLine(events[index] as FileEvent, fate));
  const isRefused = fates.some((fate) => fate.status === 'failed' && fate.code === 'ECONNREFUSED');
  if (isRefused && isLocal(endpoint)) {
    console.error(`Nothing answers at ${endpoint.origin}. Start the local stack with: npm start`);
  }
  return fates.every((fate) => fate.status === 'published') ? 0 : 1;
}

function readArguments() {
  const options = {
    raw: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  } as const;
  try {
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    return { files: positionals, ...values };
  } catch (error) {
    console.error(escapeForTerminal((error as Error).message));
    return undefined;
  }
}

function readEndpoint(): URL | undefined {
  const text = process.env.EVENTBRIDGE_ENDPOINT || `http://localhost:${process.env.PORT || 3000}`;
  const url = URL.parse(text);
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url;
  console.error(`EVENTBRIDGE_ENDPOINT must be an http or https URL, is ${escapeForTerminal(text)}`);
  return undefined;
}

function isLocal({ hostname }: URL): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** At the local stack a 12-digit access key id stands for that account; elsewhere the SDK finds credentials. */
function makeClient(endpoint: URL, account: string | undefined): EventBridgeClient {
  return new EventBridgeClient({
    endpoint: endpoint.href,
    region: process.env.AWS_REGION || 'eu-west-1',
    ...(account === undefined ? {} : { credentials: { accessKeyId: account, secretAccessKey: 'local' } }),
  });
}

function toLine(event: FileEvent, fate: FileEmitResult): string {
  return fate.status === 'published'
    ? publishedLine(event, fate, fate.envelopeId)
    : failedLine(event, fate.reason, fate.eventId);
}
