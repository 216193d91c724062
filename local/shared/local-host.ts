// Decides which `Host` headers a local server accepts. With DNS rebinding, a page of another site can make its
// own name resolve to 127.0.0.1, and could read responses of this machine if the server did not check the name.
import type { IncomingMessage, Server, ServerResponse } from 'node:http';

/**
 * `localhost` and its subdomains (for S3 buckets) always resolve to this machine, and an IP address cannot be
 * rebound.
 */
const localName = /^(?:(?:[a-z0-9.-]+\.)?localhost|127\.0\.0\.1|\[::1\])$/i;

/** Whether the header contains a name of this machine and the port of the server. */
export function isLocalHost(host: string | undefined, port: number): boolean {
  const [, name = '', hostPort = '80'] = /^(.+?)(?::(\d+))?$/.exec(host ?? '') ?? [];
  return localName.test(name) && Number(hostPort) === port;
}

/** Describes which addresses are accepted. Does not repeat the header. */
export function describeLocalHosts(port: number): string {
  return `The local stack accepts only requests to localhost:${port} or 127.0.0.1:${port}.`;
}

/** Makes a third-party server respond with 403 to requests with a foreign `Host`. */
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
