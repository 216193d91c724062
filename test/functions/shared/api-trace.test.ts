import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { traceApiRequest } from '../../../functions/shared/api-trace.ts';

const traceId = '1-5759e988-bd862e3fe1be46a994272793';
const parentId = '53995c3f42cd8ad8';
const takenMillis = Date.parse('2026-11-26T09:00:00Z');
const request = { requestId: 'JKJaXmPLvHcESHA=', routeKey: 'GET /request-logs/{id}', timeEpoch: takenMillis };

let daemon: Socket;
let datagrams: string[];

/** Sets the environment of an invocation that X-Ray samples. */
function stubLambda(): void {
  vi.stubEnv('AWS_XRAY_DAEMON_ADDRESS', `127.0.0.1:${daemon.address().port}`);
  vi.stubEnv('_X_AMZN_TRACE_ID', `Root=${traceId};Parent=${parentId};Sampled=1`);
}

beforeEach(async () => {
  datagrams = [];
  daemon = createSocket('udp4').on('message', (datagram) => datagrams.push(datagram.toString('utf8')));
  daemon.bind(0, '127.0.0.1');
  await once(daemon, 'listening');
  stubLambda();
  vi.setSystemTime(takenMillis + 250);
});

afterEach(() => {
  daemon.close();
  vi.useRealTimers();
  vi.unstubAllEnvs();
});

/** Waits for the first document and returns all received documents. */
async function received(): Promise<unknown[]> {
  await expect.poll(() => datagrams).not.toEqual([]);
  return datagrams.map((datagram) => JSON.parse(datagram.slice(datagram.indexOf('\n'))));
}

describe('traceApiRequest', () => {
  it('sends a subsegment of the invocation after the header that the daemon requires', async () => {
    await traceApiRequest(request, 200);
    expect(await received()).toEqual([
      {
        type: 'subsegment',
        id: expect.stringMatching(/^[0-9a-f]{16}$/),
        trace_id: traceId,
        parent_id: parentId,
        name: 'HTTP API',
        start_time: takenMillis / 1000,
        end_time: (takenMillis + 250) / 1000,
        error: false,
        fault: false,
        annotations: { route: request.routeKey, status: 200, apiRequestId: request.requestId },
      },
    ]);
    expect(datagrams[0]?.split('\n')[0]).toBe('{"format": "json", "version": 1}');
  });

  it.each([
    [304, { error: false, fault: false }],
    [400, { error: true, fault: false }],
    [403, { error: true, fault: false }],
    [500, { error: false, fault: true }],
    [503, { error: false, fault: true }],
  ])('marks status %i as fault, error or neither', async (statusCode, flags) => {
    await traceApiRequest(request, statusCode);
    expect(await received()).toEqual([expect.objectContaining(flags)]);
  });

  it('never starts after it ends, whatever the clock of the API', async () => {
    await traceApiRequest({ ...request, timeEpoch: takenMillis + 60_000 }, 200);
    const [trace] = await received();
    expect(trace).toHaveProperty('start_time', (takenMillis + 250) / 1000);
  });

  it.each([
    ['_X_AMZN_TRACE_ID', `Root=${traceId};Parent=${parentId};Sampled=0`],
    ['_X_AMZN_TRACE_ID', `Root=${traceId};Sampled=1`],
    ['_X_AMZN_TRACE_ID', ''],
    ['AWS_XRAY_DAEMON_ADDRESS', ''],
  ])('sends nothing when %s is "%s"', async (name, value) => {
    vi.stubEnv(name, value);
    await traceApiRequest(request, 200);
    stubLambda();
    await traceApiRequest({ ...request, requestId: 'the next one' }, 200);
    expect(await received()).toEqual([
      expect.objectContaining({ annotations: expect.objectContaining({ apiRequestId: 'the next one' }) }),
    ]);
  });

  it.each([
    '127.0.0.1:1',
    'no.such.host.invalid:2000',
    'tcp:127.0.0.1:2000 udp:127.0.0.1:2000',
    '127.0.0.1:99999',
    '127.0.0.1:',
  ])('does not change the response when the daemon address is %s', async (address) => {
    vi.stubEnv('AWS_XRAY_DAEMON_ADDRESS', address);
    await expect(traceApiRequest(request, 200)).resolves.toBeUndefined();
  });
});
