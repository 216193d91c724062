import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../client/client.ts';
import { describeOutage } from '../../../dashboard/src/list/outage.ts';
import { SessionEnded } from '../../../dashboard/src/session/token-source.ts';

const describeFailure = (error: unknown) => describeOutage({ sinceMillis: 0, error }, '16:20:00');

describe('describeOutage', () => {
  it('says since when new entries are not seen, and why', () => {
    expect(describeFailure(new TypeError('Failed to fetch'))).toBe(
      'Not connected: new entries are not seen since 16:20:00. Trying again.',
    );
    const failed = new ApiError(new Response(null, { status: 500 }), {});
    expect(describeFailure(failed)).toContain('does not answer as it should: new entries are not seen since');
  });

  it('does not call a defect of the page a lost connection', () => {
    expect(describeFailure(new TypeError('x is not a function'))).toContain('The page failed: new entries');
  });

  it('leaves the end of the session to its own notice', () => {
    expect(describeFailure(new SessionEnded())).toBeUndefined();
  });
});
