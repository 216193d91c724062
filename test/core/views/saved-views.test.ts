import { describe, expect, it } from 'vitest';
import type { Caller } from '../../../core/access/caller.ts';
import { defaultRoleMap } from '../../../core/access/role-map.ts';
import { readNewView, readViewChange } from '../../../core/views/read-request.ts';
import { maxPrivateViews, maxSharedViews } from '../../../core/views/saved-view.ts';
import { SavedViews } from '../../../core/views/saved-views.ts';
import { MemoryViewStore } from '../../../store/memory-view-store.ts';

const admin: Caller = { userId: 'u-1', organizationId: 'acme', role: 'Admin', accounts: undefined };
const developer: Caller = { ...admin, userId: 'u-2', role: 'Developer' };
const limited: Caller = { ...admin, userId: 'u-3', accounts: ['123456789012'] };

const makeViews = (store = new MemoryViewStore()) =>
  new SavedViews({ store, roleMap: defaultRoleMap, now: () => Date.UTC(2026, 10, 5) });

const denied = { name: 'Denied', search: 'verdict=DENIED&last=7d', shared: false } as const;
const code = (name: string) => expect.objectContaining({ code: name });

describe('SavedViews', () => {
  it('keeps private views to their owner, and shared ones to the organization', async () => {
    const views = makeViews();
    const own = await views.create(developer, denied);
    const shared = await views.create(admin, { ...denied, name: 'All denied', shared: true });
    expect(own).toMatchObject({ ...denied, id: 'p00', ownerId: 'u-2', canChange: true });
    const namesOf = async (caller: Caller) => (await views.list(caller)).views.map(({ name }) => name);
    expect(await namesOf(developer)).toEqual(['All denied', 'Denied']);
    expect(await namesOf(admin)).toEqual(['All denied']);
    expect(await namesOf({ ...admin, organizationId: 'globex' })).toEqual([]);
    expect(await namesOf({ ...developer, organizationId: 'globex' })).toEqual([]);
    expect((await views.list(developer)).views[0]).toMatchObject({ id: shared.id, canChange: false });
    expect(await views.list(developer)).toMatchObject({ canShare: false });
  });

  it('does not mistake a user for another place, whatever characters the ID has', async () => {
    const views = makeViews();
    await views.create({ ...developer, organizationId: 'acme', userId: 'a#b' }, denied);
    for (const userId of ['a', 'a%23b', 'b', 'shared']) {
      expect((await views.list({ ...developer, userId })).views).toEqual([]);
    }
  });

  it('requires request-logs:share for everything that changes a shared view', async () => {
    const views = makeViews();
    const { id, version } = await views.create(admin, { ...denied, shared: true });
    const forbidden = code('FORBIDDEN');
    await expect(views.create(developer, { ...denied, shared: true })).rejects.toEqual(forbidden);
    await expect(views.change(developer, id, { name: 'Mine', search: '', version })).rejects.toEqual(
      forbidden,
    );
    await expect(views.remove(developer, id, version)).rejects.toEqual(forbidden);
    await expect(views.remove(developer, 's99', version)).rejects.toEqual(forbidden);
    await views.remove({ ...admin, userId: 'another' }, id, version);
  });

  it('gives callers limited to accounts private views only', async () => {
    const views = makeViews();
    const { id, version } = await views.create(admin, { ...denied, shared: true });
    await views.create(limited, denied);
    expect(await views.list(limited)).toMatchObject({ views: [{ id: 'p00' }], canShare: false });
    await expect(views.create(limited, { ...denied, shared: true })).rejects.toEqual(code('FORBIDDEN'));
    await expect(views.remove(limited, id, version)).rejects.toEqual(code('FORBIDDEN'));
  });

  it('changes and deletes only the version that was read', async () => {
    const views = makeViews();
    const first = await views.create(developer, { ...denied, columns: ['time', 'target'] });
    const change = { name: 'Refused', search: 'verdict=DENIED', version: first.version };
    const second = await views.change(developer, first.id, change);
    expect(second).toMatchObject({ name: 'Refused', search: 'verdict=DENIED', ownerId: 'u-2' });
    expect(second).not.toHaveProperty('columns');
    await expect(views.change(developer, first.id, change)).rejects.toEqual(code('VIEW_CHANGED'));
    await expect(views.remove(developer, first.id, first.version)).rejects.toEqual(code('VIEW_CHANGED'));
    await views.remove(developer, first.id, second.version);
    await expect(views.remove(developer, first.id, second.version)).rejects.toEqual(code('NOT_FOUND'));
  });

  it('rejects a change that loses against another one', async () => {
    const store = new MemoryViewStore();
    const views = makeViews(store);
    const { id, version } = await views.create(developer, denied);
    store.write = async () => 'lost';
    const change = views.change(developer, id, { name: 'New', search: '', version });
    await expect(change).rejects.toEqual(code('VIEW_CHANGED'));
  });

  it('rejects a name that another view in the same place has, in any case', async () => {
    const views = makeViews();
    await views.create(admin, denied);
    const taken = code('VIEW_NAME_TAKEN');
    await expect(views.create(admin, { ...denied, name: 'dEnied' })).rejects.toEqual(taken);
    await views.create(admin, { ...denied, shared: true });
    const { id, version } = await views.create(admin, { ...denied, name: 'Other' });
    await expect(views.change(admin, id, { name: 'Denied', search: '', version })).rejects.toEqual(taken);
    await views.change(admin, id, { name: 'other', search: '', version });
  });

  it.each([
    [false, maxPrivateViews],
    [true, maxSharedViews],
  ])(
    'limits the number of views exactly (shared: %s), also of simultaneous requests',
    async (shared, max) => {
      const views = makeViews();
      for (let number = 0; number < max - 2; number++)
        await views.create(admin, { ...denied, shared, name: `${number}` });
      const more = ['a', 'b', 'c', 'd'].map((name) => views.create(admin, { ...denied, shared, name }));
      const outcomes = await Promise.allSettled(more);
      expect(outcomes.map(({ status }) => status).sort()).toEqual([
        'fulfilled',
        'fulfilled',
        'rejected',
        'rejected',
      ]);
      expect((await views.list(admin)).views).toHaveLength(max);
      await expect(views.create(admin, { ...denied, shared, name: 'e' })).rejects.toEqual(
        code('VIEW_LIMIT_REACHED'),
      );
    },
  );

  it.each(['', 'p0', 'x00', 'p00#', 'p0000', '../p00'])('rejects the ID %j', async (id) => {
    await expect(makeViews().remove(admin, id, 'v')).rejects.toEqual(code('INVALID_PARAMETER'));
  });
});

describe('readNewView', () => {
  const read = (body: unknown) => readNewView(typeof body === 'string' ? body : JSON.stringify(body));

  it('reads a view with and without columns', () => {
    expect(read({ ...denied, columns: ['time'] })).toEqual({ ...denied, columns: ['time'] });
    expect(read({ ...denied, search: '' })).toEqual({ ...denied, search: '' });
    expect(read({ ...denied, name: '𠮷'.repeat(64) }).name).toHaveLength(128);
  });

  it.each([
    ['', 'body'],
    ['{', 'body'],
    ['null', 'body'],
    ['[]', 'body'],
    [`"${'x'.repeat(40_000)}"`, 'body'],
    [{ ...denied, name: '' }, 'name'],
    [{ ...denied, name: ' a' }, 'name'],
    [{ ...denied, name: 'a\u202eb' }, 'name'],
    [{ ...denied, name: 'x'.repeat(65) }, 'name'],
    [{ ...denied, name: 7 }, 'name'],
    [{ ...denied, shared: 'yes' }, 'shared'],
    [{ name: 'a', search: '' }, 'shared'],
    [{ ...denied, columns: [] }, 'columns'],
    [{ ...denied, columns: ['<b>'] }, 'columns'],
    [{ ...denied, ownerId: 'u-9' }, 'ownerId'],
    [{ ...denied, __proto__: null, constructor: 1 }, 'constructor'],
    [{ ...denied, search: 'x'.repeat(4_001) }, 'search'],
    [{ ...denied, search: 'color=red' }, 'search'],
    [{ ...denied, search: 'action=RENAME' }, 'search'],
    [{ ...denied, search: 'limit=5' }, 'search'],
    [{ ...denied, search: 'cursor=a' }, 'search'],
    [{ ...denied, search: 'last=7d&from=2026-11-01' }, 'search'],
    [{ ...denied, search: 'last=soon' }, 'search'],
    [{ ...denied, search: 'last=7d&last=8d' }, 'search'],
    [{ ...denied, search: 'group=user' }, 'search'],
    [{ ...denied, search: 'from=2026-13-01' }, 'search'],
  ])('rejects %j and names the field %s', (body, field) => {
    expect(() => read(body)).toThrow(expect.objectContaining({ code: 'INVALID_PARAMETER', field }));
  });

  it('rejects a change without the version that was read', () => {
    const body = JSON.stringify({ name: 'a', search: '' });
    expect(() => readViewChange(body)).toThrow(expect.objectContaining({ field: 'version' }));
  });
});
