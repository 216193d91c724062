// Loaded into the recorder's process before its bundle (NODE_OPTIONS in the storm's template): puts the clock forward or
// back by what a file says, and the process id into the user agent, so that the storm knows whose calls it sees.
import { readFileSync } from 'node:fs';

process.env.AWS_SDK_UA_APP_ID = `pid-${process.pid}`;

const skewMillis = Number(readFileSync(process.env.STORM_CLOCK_SKEW_FILE ?? '', 'utf8'));
const RealDate = Date;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, parts, self) =>
    Reflect.construct(target, parts.length === 0 ? [RealDate.now() + skewMillis] : parts, self),
  get: (target, name) => (name === 'now' ? () => RealDate.now() + skewMillis : Reflect.get(target, name)),
});

// In Lambda an invocation's deadline is told by the same machine, and so by the same clock.
process.prependListener('message', (message: unknown) => {
  if (typeof message !== 'object' || message === null || !('deadlineMillis' in message)) return;
  message.deadlineMillis = Number(message.deadlineMillis) + skewMillis;
});
