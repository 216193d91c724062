// Sends checkpoints to witnesses over HTTPS. The body is public; the answer is limited in time and size.
import type { WitnessAnswer, WitnessClient } from '../core/log/ports.ts';

/** An answer must be complete after this time. */
const timeoutMillis = 10_000;

/** A few cosignatures: those with post-quantum signatures have 3.3 KB each. */
const maxAnswerBytes = 32_768;

/** Follows no redirect: only the configured host receives checkpoints. */
export const httpWitnessClient: WitnessClient = {
  async addCheckpoint(url, body): Promise<WitnessAnswer> {
    const signal = AbortSignal.timeout(timeoutMillis);
    try {
      const response = await fetch(`${url}/add-checkpoint`, {
        method: 'POST',
        body,
        headers: { 'content-type': 'text/plain; charset=utf-8', 'user-agent': 'request-logs' },
        redirect: 'manual',
        signal,
      });
      const text = await readLimited(response);
      if (text === undefined) return { status: 'unreachable', reason: 'too long an answer' };
      return { status: response.status, body: text };
    } catch (error) {
      // What `fetch` throws for every failure of the network.
      if (!(error instanceof TypeError) && !signal.aborted) throw error;
      return { status: 'unreachable', reason: signal.aborted ? 'timeout' : 'no connection' };
    }
  },
};

/** Returns the text of the answer, or `undefined` if it is longer than the limit. */
async function readLimited(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > maxAnswerBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
