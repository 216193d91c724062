// Runs in the recorder's process before its bundle (NODE_OPTIONS in the storm's template). Shifts the clock by
// the value in a file, and adds the process id to the user agent so that the storm can identify the caller.
import { readFileSync } from 'node:fs';

process.env.AWS_SDK_UA_APP_ID = `pid-${process.pid}`;

const skewMillis = Number(readFileSync(process.env.STORM_CLOCK_SKEW_FILE ?? '', 'utf8'));
const RealDate = Date;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, parts, self) =>
    Reflect.construct(target, parts.length === 0 ? [RealDate.now() + skewMillis] : parts, self),
  get: (target, name) => (name === 'now' ? () => RealDate.now() + skewMillis : Reflect.get(target, name)),
});

// In Lambda, the deadline of an invocation comes from the same machine and therefore from the same clock.
process.prependListener('message', (message: unknown) => {
  if (typeof message !== 'object' || message === null || !('deadlineMillis' in message)) return;
  message.deadlineMillis = Number(message.deadlineMillis) + skewMillis;
});
