import { describe, expect, it } from 'vitest';
import { ApiError } from '../../../client/client.ts';
import { describeOutage } from '../../../dashboard/src/list/outage.ts';
import { SessionEnded } from '../../../dashboard/src/session/token-source.ts';

const describeFailure = (error: unknown) => describeOutage({ sinceMillis: 0, error }, '16:20:00');

describe('describeOutage', () => {
  it('says since when new entries have not been loaded, and why', () => {
    expect(describeFailure(new TypeError('Failed to fetch'))).toBe(
      'No connection. New entries have not been loaded since 16:20:00. Retrying.',
    );
    const failed = new ApiError(new Response(null, { status: 500 }), {});
    expect(describeFailure(failed)).toContain(
      'The service returned an error. New entries have not been loaded since',
    );
  });

  it('does not report a bug in the page as a lost connection', () => {
    expect(describeFailure(new TypeError('x is not a function'))).toContain(
      'Something went wrong. New entries',
    );
  });

  it('does not report the end of the session, which has its own notice', () => {
    expect(describeFailure(new SessionEnded())).toBeUndefined();
  });
});
