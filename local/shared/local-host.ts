// Which `Host` headers a local server accepts. A page of another site can make its own name resolve to 127.0.0.1 (DNS
// rebinding), and then reads responses of this machine unless the server compares the name.
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/** `localhost` and names below it (for S3 buckets) are always this machine, and an address cannot be rebound. */
const localName = /^(?:(?:[a-z0-9.-]+\.)?localhost|127\.0\.0\.1|\[::1\])$/i;

/** Whether the header names this machine and the port of the server. */
export function isLocalHost(host: string | undefined, port: number): boolean {
  const [, name = '', hostPort = '80'] = /^(.+?)(?::(\d+))?$/.exec(host ?? '') ?? [];
  return localName.test(name) && Number(hostPort) === port;
}

/** Says which addresses are accepted. Does not repeat the header. */
export function describeLocalHosts(port: number): string {
  return `The local stack accepts only requests to localhost:${port} or 127.0.0.1:${port}.`;
}

/** Makes a server that is not ours answer 403 to requests with another `Host`. */
export function rejectForeignHosts(server: Server): void {
  const emit = server.emit;
  server.emit = function (this: Server, event: string, ...args: unknown[]): boolean {
    if (event !== 'request') return Reflect.apply(emit, this, [event, ...args]);
    const [request, response] = args as [IncomingMessage, ServerResponse];
    const address = this.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    if (isLocalHost(request.headers.host, port)) return Reflect.apply(emit, this, [event, ...args]);
    request.resume();
    response.writeHead(403, { 'content-type': 'text/plain' }).end(describeLocalHosts(port));
    return true;
  } as typeof server.emit;
}
