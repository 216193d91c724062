// Tests the directory routes: which values they return to which caller.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { goodSampleNames, makeEvent, readSample, sampleFile } from '../support/fixtures.ts';
import { Harness, type HarnessOptions } from './harness.ts';

const ownAccount = '210987654321';

/** Values in the sample events of an organization, or of one of its accounts. */
function valuesIn(organizationId: string, accountId?: string) {
  const details = goodSampleNames
    .map((name) => readSample(name).detail)
    .filter((detail) => detail.organizationId === organizationId)
    .filter((detail) => accountId === undefined || detail.accountId === accountId);
  const distinct = (values: string[]) => [...new Set(values)].sort();
  return {
    users: distinct(details.map((detail) => detail.actor.userId)),
    accounts: distinct(details.map((detail) => detail.accountId)),
    regions: distinct(details.map((detail) => detail.region)),
    resources: distinct(details.map((detail) => detail.target.name)),
  };
}

const lists = ['users', 'accounts', 'regions', 'resources'] as const;

export function describeDirectory(name: string, options: HarnessOptions = {}): void {
  describe(`${name}: directory`, () => {
    let harness: Harness;
    beforeAll(async () => {
      harness = await Harness.start(options);
      await harness.emit(goodSampleNames.map(sampleFile));
    });
    afterAll(() => harness.stop());

    const ask = (path: string, access = {}) => harness.get(`/request-logs/directory/${path}`, access);

    /** Reads all pages of a list. */
    async function walk(list: string, query = '', persona = 'admin'): Promise<string[]> {
      const values: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const more: string = cursor === '' ? '' : `&cursor=${cursor}`;
        const { status, body } = await ask(`${list}?${query}${more}`, { persona });
        if (status !== 200) throw new Error(`${status}: ${JSON.stringify(body)}`);
        values.push(...body.values.map((found: { value: string }) => found.value));
        cursor = body.nextCursor;
      }
      return values;
    }

    it.each(lists)('lists the %s of the organization, and none of another', async (list) => {
      const [acme, globex] = [valuesIn('acme')[list], valuesIn('globex')[list]];
      for (const persona of ['admin', 'auditor', 'developer']) {
        expect((await walk(list, '', persona)).sort()).toEqual(acme);
      }
      expect((await walk(list, '', 'globex-admin')).sort()).toEqual(globex);
      const foreign = acme.filter((value) => !globex.includes(value));
      for (const value of foreign) {
        expect(await walk(list, `prefix=${encodeURIComponent(value)}`, 'globex-admin')).toEqual([]);
      }
    });

    it.each(lists)('lists the %s of the accounts that the caller can read, and of no other', async (list) => {
      const persona = 'account-operator';
      const own = valuesIn('acme', ownAccount)[list];
      expect(own.length).toBeGreaterThan(0);
      expect((await walk(list, '', persona)).sort()).toEqual(own);
      const foreign = valuesIn('acme')[list].filter((value) => !own.includes(value));
      expect(foreign.length).toBeGreaterThan(0);
      for (const value of foreign) {
        expect(await walk(list, `prefix=${encodeURIComponent(value)}`, persona)).toEqual([]);
      }
      if (list !== 'accounts') {
        expect(await walk(list, 'account=123456789012', persona)).toEqual([]);
        expect((await walk(list, `account=${ownAccount},123456789012`, persona)).sort()).toEqual(own);
        expect((await walk(list, `account=${ownAccount}`)).sort()).toEqual(own);
      }
      const none = await harness.stack.token(persona, { accounts: '' });
      const { status, body } = await ask(list, { token: none });
      expect([status, body]).toEqual([200, { values: [], nextCursor: null }]);
    });

    it('finds a user by id, name and email address in any case, and shows all three', async () => {
      const { actor } = readSample('01').detail;
      const shown = { value: actor.userId, name: actor.name, email: actor.email };
      for (const term of [actor.userId, actor.name, actor.email]) {
        for (const prefix of [term.toUpperCase(), term.slice(0, 3).toLowerCase()]) {
          const { body } = await ask(`users?prefix=${encodeURIComponent(prefix)}`);
          expect(body.values).toContainEqual(shown);
          const ids = body.values.map(({ value }: { value: string }) => value);
          expect(ids).toHaveLength(new Set(ids).size);
        }
      }
    });

    it('returns the same values with any page size', async () => {
      for (const list of lists) {
        const all = await walk(list);
        for (const limit of [1, 2, 5]) expect(await walk(list, `limit=${limit}`)).toEqual(all);
        const { body } = await ask(`${list}?limit=1`);
        expect(body.values).toHaveLength(1);
        expect(body.nextCursor.length).toBeLessThanOrEqual(512);
      }
    });

    it('requires the read permission for every list', async () => {
      for (const list of [...lists, 'roles', 'users?limit=0']) {
        expect((await ask(list, { token: null })).status).toBe(401);
        const { status, body } = await ask(list, { persona: 'viewer' });
        expect([status, body.code, body.field]).toEqual([403, 'FORBIDDEN', 'request-logs:read']);
      }
    });

    it.each([
      ['roles', 'field'],
      ['users%23210987654321', 'field'],
      ['users?q=a', 'q'],
      ['users?organization=globex', 'organization'],
      ['accounts?account=123456789012', 'account'],
      ['users?account=1', 'account'],
      [`users?prefix=${'a'.repeat(129)}`, 'prefix'],
      ['users?prefix=a&prefix=b', 'prefix'],
      ['users?limit=0', 'limit'],
      ['users?limit=x', 'limit'],
      ['users?cursor=broken', 'cursor'],
      ['users?cursor=', 'cursor'],
    ])('rejects %s and names %s', async (path, field) => {
      const { status, body, headers } = await ask(path);
      expect(status).toBe(400);
      expect(headers.get('content-type')).toContain('application/problem+json');
      expect(body).toMatchObject({ status: 400, field, code: expect.stringMatching(/^INVALID_/) });
      expect(body.detail).toContain(field);
    });

    it('rejects a cursor of another list, prefix, or caller, and limits a forged one to readable values', async () => {
      const { body } = await ask('resources?limit=1');
      const cursor: string = body.nextCursor;
      expect((await ask(`resources?limit=2&cursor=${cursor}`)).status).toBe(200);
      expect((await ask(`resources?cursor=${cursor}`, { persona: 'developer' })).status).toBe(200);
      for (const [path, persona] of [
        ['users?', 'admin'],
        ['resources?prefix=o&', 'admin'],
        ['resources?', 'globex-admin'],
        ['resources?', 'account-operator'],
      ]) {
        const response = await ask(`${path}cursor=${cursor}`, { persona });
        expect([response.status, response.body.code]).toEqual([400, 'INVALID_CURSOR']);
      }
      const content = JSON.parse(Buffer.from(cursor, 'base64url').toString());
      expect(JSON.stringify(content)).not.toMatch(/acme|\d{12}/);
      for (const position of ['\u0000', 'a#b', '\u{10ffff}', '#globex#', 'x'.repeat(300)]) {
        const forged = Buffer.from(JSON.stringify({ ...content, p: position })).toString('base64url');
        const response = await ask(`resources?cursor=${forged}`);
        expect(response.status).toBe(200);
        const { resources } = valuesIn('acme');
        for (const { value } of response.body.values) expect(resources).toContain(value);
      }
    });

    it('logs every read with its caller, list, filters, and count', async () => {
      await ask('users?prefix=asha%20r', { persona: 'auditor' });
      await expect
        .poll(() =>
          harness
            .logs()
            .split('\n')
            .find((line) => line.includes('"directory listed"') && line.includes('"prefix":"asha r"')),
        )
        .toMatch(/(?=.*"userId":"u-4001")(?=.*"list":"users")(?=.*"count":1)/);
    });

    it('finds a renamed user by the new name as well', async () => {
      const actor = {
        userId: 'u-8800',
        name: 'Ada Bo',
        email: 'bo@acme.example',
        type: 'user',
        role: 'Admin',
      };
      const rename = { ...actor, name: 'Mira Cy', email: 'cy@acme.example' };
      const [before, after] = ['2026-11-10T00:00:00Z', '2026-11-12T00:00:00Z'];
      await harness.emit([makeEvent({ eventId: 'renamed-1', occurredAt: before, detail: { actor } })]);
      await harness.emit([makeEvent({ eventId: 'renamed-2', occurredAt: after, detail: { actor: rename } })]);
      const find = async (prefix: string) => (await ask(`users?prefix=${prefix}`)).body.values;
      const latest = { value: 'u-8800', name: 'Mira Cy', email: 'cy@acme.example' };
      expect(await find('mira')).toEqual([latest]);
      expect(await find('U-8800')).toEqual([latest]);
      expect(await find('ada%20b')).toEqual([{ value: 'u-8800', name: 'Ada Bo', email: 'bo@acme.example' }]);
    });
  });
}
