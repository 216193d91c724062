// `node bench/redact-once.ts SHAPE`: prints the CPU seconds of the first redaction in this process, of the worst event of 1 MiB
// with this shape. `bench/redaction.ts` starts it, because V8 has optimized nothing in a new process.
import { redactDetail } from '../core/contract/redact-detail.ts';
import { measureCpuSeconds } from './cpu-time.ts';
import { worstEventOf } from './worst-events.ts';

const detail = worstEventOf(process.argv[2] ?? '');
console.log(measureCpuSeconds(() => redactDetail(detail)));
