// Emulates the X-Ray daemon of Lambda: receives subsegments of a function, checks the permissions of the function, and
// appends them to DATA_DIR/logs/traces.log, one on each line.
import { randomBytes } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import * as z from 'zod/mini';
import type { AccessCheck } from '../iam/access-check.ts';
import type { LambdaFunction } from './function.ts';
import { openLog } from './log-file.ts';

export interface TraceDaemons {
  /** The functions, with the address of their daemon in their environment. */
  readonly functions: readonly LambdaFunction[];
  stop(): void;
}

export interface DaemonParts {
  readonly accessCheck: AccessCheck;
  readonly dataDir: string;
  /** Called with one line for each document that X-Ray would not receive. */
  readonly report: (line: string) => void;
}

/** https://docs.aws.amazon.com/xray/latest/devguide/xray-api-sendingdata.html#xray-api-daemon */
const headerSchema = z.looseObject({ format: z.literal('json'), version: z.literal(1) });

const hexId = z.string().check(z.regex(/^[0-9a-f]{16}$/));

/** X-Ray's rules for an independent subsegment. X-Ray drops invalid documents. */
const subsegmentSchema = z
  .looseObject({
    type: z.literal('subsegment'),
    id: hexId,
    parent_id: hexId,
    trace_id: z.string().check(z.regex(/^1-[0-9a-f]{8}-[0-9a-f]{24}$/)),
    name: z.string().check(z.regex(/^[\p{L}\p{N}\s_.:/%&#=+\\\-@]{1,200}$/u)),
    start_time: z.number(),
    end_time: z.number(),
    annotations: z.optional(
      z.record(z.string().check(z.regex(/^\w+$/)), z.union([z.string(), z.number(), z.boolean()])),
    ),
  })
  .check(z.refine(({ start_time, end_time }) => start_time <= end_time));

/** Starts a daemon for each function on its own port, which identifies the function. */
export async function startTraceDaemons(
  functions: readonly LambdaFunction[],
  { accessCheck, dataDir, report }: DaemonParts,
): Promise<TraceDaemons> {
  const log = openLog(dataDir, 'traces');
  const sockets: Socket[] = [];

  async function receive(lambda: LambdaFunction, datagram: Buffer): Promise<void> {
    const document = readDocument(datagram);
    const principal = accessCheck.find(lambda.credentials.accessKeyId);
    const accesses = [{ action: 'xray:PutTraceSegments', resourceArn: '*' }];
    const denial = principal && (await accessCheck.findDenial(principal, accesses));
    if (denial !== undefined) report(`${lambda.logicalId}: traces are lost: AccessDenied: ${denial}`);
    else if (document === undefined)
      report(`${lambda.logicalId} sent an invalid subsegment to the X-Ray daemon`);
    else log.write(JSON.stringify(document));
  }

  const attached = functions.map(async (lambda): Promise<LambdaFunction> => {
    const socket = createSocket('udp4');
    sockets.push(socket);
    socket.on('message', (datagram) => void receive(lambda, datagram));
    socket.bind(0, '127.0.0.1');
    await once(socket, 'listening');
    const { address, port } = socket.address();
    const environment = { ...lambda.environment, AWS_XRAY_DAEMON_ADDRESS: `${address}:${port}` };
    return { ...lambda, environment };
  });
  return {
    functions: await Promise.all(attached),
    stop: () => {
      for (const socket of sockets) socket.close();
      log.close();
    },
  };
}

/** Parses the document after the header line; `undefined` when the daemon or X-Ray would drop it. */
function readDocument(datagram: Buffer): object | undefined {
  const [header = '', document = ''] = datagram.toString('utf8').split('\n', 2);
  try {
    if (!headerSchema.safeParse(JSON.parse(header)).success) return undefined;
    return subsegmentSchema.safeParse(JSON.parse(document)).data;
  } catch {
    return undefined;
  }
}

/** Creates the value of `_X_AMZN_TRACE_ID` for an invocation that starts a trace. */
export function makeTraceHeader(sampled: boolean): string {
  const seconds = Math.floor(Date.now() / 1000).toString(16);
  const [root, parent] = [randomBytes(12), randomBytes(8)].map((bytes) => bytes.toString('hex'));
  return `Root=1-${seconds}-${root};Parent=${parent};Sampled=${sampled ? 1 : 0}`;
}
