// The command `npm run emit -- FILE…`: publishes event files through the emitter, by default to the local
// stack. Reads arguments and environment, and prints one line for each event.
import { parseArgs } from 'node:util';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { escapeForTerminal } from '../../core/values/terminal-text.ts';
import { type FileEvent, readEventFile } from './event-file.ts';
import { type FileEmitResult, publishFileEvents } from './publish-files.ts';
import { failedLine, publishedLine } from './result-line.ts';

const usage = `Usage: npm run emit -- [--raw] FILE…

Publishes event files to the local stack and prints one line for each event. A file contains one event in EventBridge's
format, or an array of events.

  --raw         send each detail unchanged, without validation and redaction, like a service without
                the emitter
  -h, --help    show this help

Environment: EVENTBRIDGE_ENDPOINT (default http://localhost:<PORT or 3000>), EVENT_BUS_NAME (default
request-logs-local), AWS_REGION (default eu-west-1).

Exit codes: 0 all events published, 1 at least one event failed, 2 usage error.`;

process.exitCode = await main();

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
  const results = await publishFileEvents(events, {
    raw,
    eventBusName: process.env.EVENT_BUS_NAME || 'request-logs-local',
    isLocal: isLocal(endpoint),
    clientFor: (account) => makeClient(endpoint, account),
  });
  for (const [index, result] of results.entries()) console.log(toLine(events[index] as FileEvent, result));
  const isConnectionRefused = results.some(
    (result) => result.status === 'failed' && result.code === 'ECONNREFUSED',
  );
  if (isConnectionRefused && isLocal(endpoint)) {
    console.error(`No response from ${endpoint.origin}. Start the local stack with: npm start`);
  }
  return results.every((result) => result.status === 'published') ? 0 : 1;
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
  console.error(`EVENTBRIDGE_ENDPOINT must be an http or https URL; got ${escapeForTerminal(text)}`);
  return undefined;
}

function isLocal({ hostname }: URL): boolean {
  return /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(hostname);
}

/** The local stack takes a 12-digit access key ID as the account. Elsewhere the SDK resolves its credentials. */
function makeClient(endpoint: URL, account: string | undefined): EventBridgeClient {
  return new EventBridgeClient({
    endpoint: endpoint.href,
    region: process.env.AWS_REGION || 'eu-west-1',
    ...(account === undefined ? {} : { credentials: { accessKeyId: account, secretAccessKey: 'local' } }),
  });
}

function toLine(event: FileEvent, result: FileEmitResult): string {
  return result.status === 'published'
    ? publishedLine(event, result, result.envelopeId)
    : failedLine(event, result.reason, result.eventId);
}
