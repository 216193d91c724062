// Saved views through the running stack: rights, isolation, and invalid requests.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Harness } from './harness.ts';

describe('saved views on the local stack', () => {
  let harness: Harness;
  beforeAll(async () => {
    harness = await Harness.start();
  });
  afterAll(() => harness.stop());

  const path = '/request-logs/views';
  const view = { name: 'Denied', search: 'verdict=DENIED&last=7d', shared: false };
  const listAs = async (persona: string) => (await harness.get(path, { persona })).body;

  it('saves, lists, changes, and deletes private views of their owner', async () => {
    const created = await harness.send('POST', path, { persona: 'developer', body: view });
    expect(created).toMatchObject({ status: 201, body: { ...view, id: 'p00', canChange: true } });
    expect(created.headers.get('cache-control')).toBe('no-store');
    expect(await listAs('developer')).toEqual({ views: [created.body], canShare: false });
    for (const persona of ['admin', 'auditor', 'globex-admin'])
      expect((await listAs(persona)).views).toEqual([]);
    const { version } = created.body;
    const foreign = await harness.send('DELETE', `${path}/p00?version=${version}`, { persona: 'auditor' });
    expect(foreign).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    const body = { name: 'Denied, renamed', search: view.search, version };
    const changed = await harness.send('PUT', `${path}/p00`, { persona: 'developer', body });
    expect(changed).toMatchObject({ status: 200, body: { name: 'Denied, renamed' } });
    const again = await harness.send('PUT', `${path}/p00`, { persona: 'developer', body });
    expect(again).toMatchObject({ status: 409, body: { code: 'VIEW_CHANGED', field: 'version' } });
    const last = `${path}/p00?version=${changed.body.version}`;
    expect(await harness.send('DELETE', last, { persona: 'developer' })).toMatchObject({ status: 204 });
    expect((await listAs('developer')).views).toEqual([]);
  });

  it('shares views in the organization, by callers who are allowed to and see all accounts', async () => {
    const shared = { ...view, shared: true };
    const created = await harness.send('POST', path, { body: shared });
    expect(created).toMatchObject({ status: 201, body: { id: 's00', shared: true } });
    expect((await listAs('developer')).views).toMatchObject([{ id: 's00', canChange: false }]);
    for (const persona of ['globex-admin', 'account-operator']) {
      expect((await listAs(persona)).views, persona).toEqual([]);
    }
    for (const persona of ['developer', 'account-operator']) {
      const refused = await harness.send('POST', path, { persona, body: { ...shared, name: 'Mine' } });
      expect(refused, persona).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } });
    }
    expect((await harness.get(path, { persona: 'viewer' })).status).toBe(403);
  });

  it('rejects invalid requests, and stores no secret', async () => {
    const secret = `ghp_${'a1B2'.repeat(9)}`;
    const invalid: [unknown, string][] = [
      ['{', 'body'],
      [{ ...view, search: 'color=red' }, 'search'],
      [{ ...view, search: `reason=${secret}` }, 'search'],
      [{ ...view, name: secret }, 'name'],
      ['x'.repeat(200_000), 'body'],
    ];
    for (const [body, field] of invalid) {
      const { status, body: problem } = await harness.send('POST', path, { persona: 'auditor', body });
      expect([status, problem.field]).toEqual([400, field]);
      expect(JSON.stringify(problem)).not.toContain(secret);
    }
    expect(harness.logs()).not.toContain(secret);
    expect((await harness.send('DELETE', `${path}/p00`, { persona: 'auditor' })).body.field).toBe('version');
    expect((await harness.send('PATCH', `${path}/p00`)).status).toBe(404);
  });
});
