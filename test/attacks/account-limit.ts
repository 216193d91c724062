// A caller who is limited to one account tries to reach another account's entries through every path: lists,
// entries, suggestions, exports, cursors and costs. No response can contain words of the other account.
import { expect, it } from 'vitest';
import type { Harness } from '../e2e/harness.ts';
import { makeEvent } from '../support/fixtures.ts';

const persona = 'account-operator';
const own = '210987654321';
const foreign = '998877665544';

/** Words that occur only in entries of the other account or of another organization. */
const foreignWords = ['zz-hidden', 'u-hidden', 'Hidden Person', 'ap-northeast-3', foreign];

function eventOf(number: number, accountId: string, organizationId = 'acme'): object {
  const isForeign = accountId === foreign;
  const event = makeEvent({
    eventId: `limit-${accountId}-${organizationId}-${number}`,
    occurredAt: `2026-11-1${number}T10:00:00Z`,
    organizationId,
    detail: {
      accountId,
      region: isForeign ? 'ap-northeast-3' : 'eu-west-1',
      before: { a: 1 },
      after: { a: 2 },
    },
  });
  event.detail.target.id = isForeign ? `zz-hidden-id-${number}` : `zz-own-id-${number}`;
  event.detail.target.name = isForeign ? `zz-hidden-${number}` : `zz-own-${number}`;
  event.detail.target.serviceName = isForeign ? 'zz-hidden-service' : 'zz-own-service';
  event.detail.actor = {
    ...event.detail.actor,
    userId: isForeign ? 'u-hidden' : 'u-2077',
    name: isForeign ? 'Hidden Person' : 'Ben Okafor',
  };
  return event;
}

/** Entries of both accounts, and of another organization in the caller's own account. */
export function accountLimitEvents(): object[] {
  return [1, 2, 3, 4].flatMap((number) => [
    eventOf(number, own),
    eventOf(number, foreign),
    eventOf(number, foreign, 'globex'),
  ]);
}

const filters = [
  '',
  `account=${foreign}`,
  `account=${own},${foreign}`,
  `account=${own}&account=${foreign}`,
  'region=ap-northeast-3',
  'user=u-hidden',
  'user=u-hidden,u-2077',
  'resource=zz-hidden-1',
  'resource=zz-*',
  'service=zz-hidden-service',
  `account=${foreign}&region=ap-northeast-3&user=u-hidden`,
  'disputed=true',
  'order=asc&limit=1',
  'verdict=PERMITTED,VIOLATION,DENIED,UNKNOWN_ROLE',
  'from=2026-11-11&to=2026-11-14',
];

/** Filters that a summary takes: it has no pages. */
const summaryFilters = filters.filter((filter) => !filter.includes('limit='));

export function describeAccountLimit(harness: () => Harness): void {
  async function text(
    path: string,
    token: string,
  ): Promise<{ status: number; text: string; headers: Headers }> {
    const response = await fetch(`${harness().stack.url}${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return { status: response.status, text: await response.text(), headers: response.headers };
  }

  /** Sends the request and expects none of the other account's words in the response, except those in the request. */
  async function ask(
    path: string,
    token: string,
  ): Promise<{ status: number; text: string; headers: Headers }> {
    const response = await text(path, token);
    const seen = [...response.headers].map(([, value]) => value).join('\n') + response.text;
    for (const word of foreignWords) {
      if (response.status < 300 && !(path.includes(word) && response.headers.get('link')?.includes(word))) {
        expect(seen.includes(word), `${path} shows ${word}`).toBe(false);
      }
    }
    return response;
  }

  const tokenOf = async (claims?: object) => (await harness().stack.token(persona, claims as never)) ?? '';

  it('shows nothing of another account in lists, exports and suggestions', async () => {
    const token = await tokenOf();
    const paths = [
      ...filters.map((filter) => `/request-logs?${filter}`),
      ...summaryFilters.map(
        (filter) => `/request-logs/summary?groupBy=user,account&topLists=target,service&${filter}`,
      ),
      ...['users', 'accounts', 'regions', 'resources'].flatMap((field) =>
        ['', 'prefix=z', 'prefix=zz-h', 'prefix=u-h', 'prefix=Hidden', 'prefix=9', 'prefix=ap'].map(
          (query) => `/request-logs/directory/${field}?${query}`,
        ),
      ),
      ...['users', 'regions', 'resources'].map(
        (field) => `/request-logs/directory/${field}?account=${foreign}`,
      ),
    ];
    for (const path of paths) expect((await ask(path, token)).status, path).toBe(200);
  });

  it('answers for the target of another account as for one that does not exist', async () => {
    const token = await tokenOf();
    const ask = async (target: string) => text(`/request-logs/history?target=${target}`, token);
    expect((await ask('zz-own-id-1')).status).toBe(200);
    const [hidden, unknown] = [await ask('zz-hidden-id-1'), await ask('zz-unknown-id')];
    expect(hidden.status).toBe(404);
    expect(hidden.text.replaceAll('zz-hidden-id-1', 'zz-unknown-id')).toBe(unknown.text);
  });

  it('rejects exports by a role without the permission, and exports nothing of another account to a role with it', async () => {
    expect((await ask('/request-logs/export?format=csv', await tokenOf())).status).toBe(403);
    const token = await tokenOf({ role: 'Admin' });
    for (const format of ['csv', 'ndjson']) {
      for (const filter of filters) {
        const path = `/request-logs/export?format=${format}&${filter}`;
        expect((await ask(path, token)).status, path).toBe(200);
      }
    }
  });

  it('responds to the id of an entry in another account exactly as to an unknown id', async () => {
    const token = await tokenOf();
    const missing = await text('/request-logs/01KA0000000000000000000000', token);
    const ids = [
      ...(await harness().ids(`account=${foreign}`)),
      ...(await harness().ids(`account=${foreign}`, 'globex-admin')),
    ];
    expect(ids).toHaveLength(8);
    for (const id of ids) {
      const response = await ask(`/request-logs/${id}`, token);
      expect([response.status, response.text]).toEqual([404, missing.text]);
    }
  });

  it('hides costs of other accounts, and rejects cursors of other callers', async () => {
    const token = await tokenOf();
    for (const filter of filters) {
      expect((await ask(`/request-logs?debug=true&${filter}`, token)).status).toBe(403);
      if (!summaryFilters.includes(filter)) continue;
      expect((await ask(`/request-logs/summary?debug=true&${filter}`, token)).status).toBe(403);
    }
    for (const [path, adminPath] of [
      ['/request-logs?limit=1', '/request-logs?limit=1'],
      ['/request-logs/directory/resources?limit=1', '/request-logs/directory/resources?limit=1'],
    ] as const) {
      const { body } = await harness().get(adminPath);
      expect(body.nextCursor).toBeTruthy();
      expect((await ask(`${path}&cursor=${body.nextCursor}`, token)).status).toBe(400);
    }
  });

  it('stays within its account when its own cursor is modified', async () => {
    const token = await tokenOf();
    const { text: page } = await ask('/request-logs?limit=1', token);
    const cursor = JSON.parse(Buffer.from(JSON.parse(page).nextCursor, 'base64url').toString());
    for (const id of await harness().ids(`account=${foreign}`)) {
      for (const index of [
        'byTime',
        'byUser',
        'byAction',
        'byAccountRegion',
        'byResourceName',
        'byFinding',
        'none',
        '__proto__',
      ]) {
        const moved = Buffer.from(JSON.stringify({ ...cursor, p: id, i: index })).toString('base64url');
        const { status } = await ask(`/request-logs?limit=1&cursor=${moved}`, token);
        expect([200, 400]).toContain(status);
      }
    }
  });

  it.each<[string, unknown, number]>([
    ['none', '', 0],
    ['the word none', 'none', 0],
    ['two stars in one value', '**', 0],
    ['a star next to an account', `* ${own}`, 4],
    ['a star next to the word none', '* none', 0],
    ['null', 'null', 0],
    ['an empty list', [], 0],
    ['an embedded wildcard', '2109*', 0],
    ['a non-string', 0, 0],
    ['its own account twice', `${own} ${own}`, 4],
    ['a list', [own], 4],
  ])('limits a caller with %s correctly', async (_name, accounts, count) => {
    const token = await tokenOf({ accounts });
    const { status, text: page } = await ask('/request-logs?resource=zz-*', token);
    expect([status, JSON.parse(page).items.length]).toEqual([200, count]);
  });
  it('accepts a single star as all accounts of the organization', async () => {
    const token = await tokenOf({ accounts: '*' });
    const { status, text: page } = await text('/request-logs?resource=zz-*', token);
    const accounts = JSON.parse(page).items.map(({ accountId }: { accountId: string }) => accountId);
    expect([status, new Set(accounts)]).toEqual([200, new Set([own, foreign])]);
  });
}
