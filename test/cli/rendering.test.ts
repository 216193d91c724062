import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readArguments } from '../../cli/arguments.ts';
import { renderDiff } from '../../cli/diff.ts';
import { makeEntryTable } from '../../cli/entry-table.ts';
import { renderEntry } from '../../cli/entry-view.ts';
import { renderProgress } from '../../cli/progress-bar.ts';
import { quoteForShell, toOptions } from '../../cli/search-query.ts';
import type { Entry } from '../../client/client.ts';
import { fractionOf } from '../../client/export-range.ts';
import { displayableChanges } from '../../core/changes/displayable-changes.ts';
import type { StateChange } from '../../core/changes/state-comparison.ts';
import { printTerm } from '../../core/query/filter-grammar.ts';
import type { JsonObject } from '../../core/values/json.ts';
import { toReadablePath } from '../../core/values/readable-path.ts';
import { colorPaint, plainPaint } from '../../terminal/paint.ts';
import { widthOf } from '../../terminal/text-width.ts';
import { makeItem, wildItems } from '../core/export/items.ts';
import { makeEntry } from '../support/entries.ts';

const item = makeItem();
const bad = makeItem({
  verdict: 'VIOLATION',
  action: 'DELETE',
  late: true,
  user: { id: 'u-2', name: '山田太郎', type: 'user' },
});

type ShownEntry = Omit<Entry, 'changes'> & { readonly changes: readonly StateChange[] };

function entryOf(
  before: JsonObject | undefined,
  after: JsonObject | undefined,
  parts: object = {},
): ShownEntry & Entry {
  const changes = displayableChanges({ before, after }) ?? [];
  const { before: _, after: __, ...entry } = makeEntry({ eventId: 'e-1' });
  return {
    ...entry,
    ...(before && { before }),
    ...(after && { after }),
    changes,
    changeCount: changes.length,
    ...parts,
  } as unknown as ShownEntry & Entry;
}

describe('renderEntry', () => {
  it('shows the work reference, the AWS calls and the person that an agent acts for', () => {
    const { user } = makeEntry({ eventId: 'e-1' });
    const shown = renderEntry(
      entryOf(undefined, undefined, {
        user: { ...user, type: 'agent', onBehalfOf: { id: 'u-2077', name: 'Ben Okafor' } },
        workRef: 'OPS-7',
        awsRequestIds: ['A1B2C3D4E5F6A7B8', 'B1B2C3D4E5F6A7B8'],
      }),
      plainPaint,
    );
    expect(shown).toMatch(/^Who .*, agent$/m);
    expect(shown).toMatch(/^For +u-2077 Ben Okafor$/m);
    expect(shown).toMatch(/^Work +OPS-7$/m);
    expect(shown).toMatch(/^AWS calls +A1B2C3D4E5F6A7B8, B1B2C3D4E5F6A7B8$/m);
  });
});

describe('makeEntryTable', () => {
  it('shows times that select the entry as --from and --to', () => {
    const late = makeItem({ timestamp: '2026-11-10T23:59:59.999Z' });
    const [row = ''] = makeEntryTable([late], undefined, plainPaint).render(late);
    const [shown = ''] = row.split(' ');
    expect(Date.parse(shown)).toBe(Date.parse(late.timestamp));
  });

  it('shows an entry on one line in aligned columns', () => {
    const { titles, render } = makeEntryTable([item, bad], undefined, plainPaint);
    const lines = [...titles, ...render(item), ...render(bad)];
    expect(lines).toHaveLength(3);
    expect(lines[1]).toBe(
      `2026-11-10T00:00:00.000Z        UPDATE  rds orders-d  u-1 Asha Rao  Admin  PERMITTED  123456789012  eu-west-1  ${item.id}  size: 1 → 2`,
    );
    expect(lines[2]).toContain('  late  DELETE  ');
    const columnOf = (line = '', text = '') => widthOf(line.slice(0, line.indexOf(text)));
    expect(columnOf(lines[2], 'VIOLATION')).toBe(columnOf(lines[0], 'VERDICT'));
    expect(columnOf(lines[2], bad.id)).toBe(columnOf(lines[0], 'ID'));
  });

  it.each([200, 160, 140, 120, 100, 80])('fits in %i columns, including the ID', (width) => {
    const long = makeItem({ target: { kind: 'RESOURCE', type: 'rds', id: 'x', name: 'n'.repeat(128) } });
    const { titles, render } = makeEntryTable([item, bad, long], width, plainPaint);
    const lines = [...titles, ...[item, bad, long].flatMap((one) => render(one))];
    for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(width);
    expect(lines.join('\n')).toContain(long.id);
    expect(lines.join('\n')).toContain('VIOLATION');
    expect(render(item)).toHaveLength(width >= 160 ? 1 : render(item).length);
  });

  it('states that denied changes were not applied', () => {
    const refused = makeItem({ decision: 'DENIED', verdict: 'DENIED' });
    const nothing = { ...refused, changeCount: 0, changedPaths: [], highlights: [] };
    for (const width of [undefined, 100]) {
      const { render } = makeEntryTable([refused, nothing], width, plainPaint);
      expect(render(refused).at(-1)).toMatch(/ Not applied: size: 1 → 2$/);
      expect(render(nothing).join()).not.toContain('Not applied');
      expect(render(item).join()).not.toContain('Not applied');
    }
  });

  it('highlights verdicts other than PERMITTED', () => {
    const { render } = makeEntryTable([bad], undefined, colorPaint);
    expect(render(bad)[0]).toContain('\u001b[31mVIOLATION\u001b[39m');
    expect(render(item)[0]).toContain('\u001b[2mPERMITTED');
  });

  it('escapes control characters in any text from the server', () => {
    fc.assert(
      fc.property(wildItems, fc.constantFrom(undefined, 80, 200), (wild, width) => {
        const { render } = makeEntryTable([wild], width, plainPaint);
        for (const line of render(wild))
          expect(line).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });
});

describe('renderDiff', () => {
  it('shows readable paths for nested values', () => {
    const before = { size: 1, tags: { team: 'a' }, list: [{ id: 'x', n: 1 }], gone: null };
    const after = { size: 2, tags: { team: 'a', 'cost center': 7 }, list: [{ id: 'x', n: 2 }] };
    expect(renderDiff(entryOf(before, after), plainPaint)).toEqual([
      '- gone                 null',
      '~ list.x.n             1 → 2',
      '~ size                 1 → 2',
      '+ tags["cost center"]  7',
    ]);
  });

  it('says that only the order of a list changed', () => {
    const lines = renderDiff(entryOf({ list: ['a', 'b'] }, { list: ['b', 'a'] }), plainPaint);
    expect(lines).toEqual(['~ list  order changed']);
  });

  it('shows redaction markers unquoted, also inside strings', () => {
    const before = { password: '[REDACTED:1]', url: 'postgres://app:[REDACTED:1]@db' };
    const after = { password: '[REDACTED:2]', url: 'postgres://app:[REDACTED:2]@db' };
    expect(renderDiff(entryOf(before, after), plainPaint)).toEqual([
      '~ password  [REDACTED:1] → [REDACTED:2]',
      '~ url       "postgres://app:[REDACTED:1]@db" → "postgres://app:[REDACTED:2]@db"',
    ]);
    expect(renderDiff(entryOf(before, after), colorPaint)[0]).toContain('\u001b[35m[REDACTED:1]\u001b[39m');
  });

  it('shows every value of a created or deleted target', () => {
    const state = { name: 'x', nested: { list: [1, { a: true }], empty: {} } };
    expect(renderDiff(entryOf(undefined, state), plainPaint)).toEqual([
      '+ name              "x"',
      '+ nested.list[0]    1',
      '+ nested.list[1].a  true',
      '+ nested.empty      {}',
    ]);
    expect(renderDiff(entryOf(state, undefined), plainPaint)[0]).toMatch(/^- name/);
  });

  it('shows a short added value on one line and splits a long one', () => {
    const long = { a: 'x'.repeat(40), b: 'y'.repeat(40) };
    const lines = renderDiff(entryOf({}, { long, short: { a: 1, b: 2 } }), plainPaint);
    expect(lines.map((line) => line.split(/ +/)[1])).toEqual(['long.a', 'long.b', 'short']);
  });

  it('colors added values green and removed values red', () => {
    const [line = ''] = renderDiff(entryOf({ size: 1 }, { size: 2 }), colorPaint);
    expect(line).toContain('\u001b[31m1\u001b[39m → \u001b[32m2\u001b[39m');
  });

  it('escapes terminal control characters', () => {
    const [line] = renderDiff(entryOf({ a: 1 }, { a: '\u202eevil\u009b' }), plainPaint);
    expect(line).toBe('~ a  1 → "\\u202eevil\\u009b"');
  });
});

describe('renderEntry', () => {
  it('shows who, when, where, role, reason and changes', () => {
    const text = renderEntry(
      entryOf({ size: 1 }, { size: 2 }, { reason: 'more room', environment: 'prod', verdict: 'VIOLATION' }),
      plainPaint,
    );
    for (const part of [
      /^Entry 01/,
      /When +2026-11-10T00:00:00.000Z, recorded 1.5 s later/,
      /Who +u-1 Asha Rao <asha@acme.example>/,
      /Role +Admin, checked resource:update: allowed/,
      /Verdict +VIOLATION, succeeded although the role does not allow it/,
      /What +UPDATE rds orders-d \(id-orders-d\)/,
      /Where +account 123456789012, eu-west-1, environment prod/,
      /Why +more room/,
      /1 change\n {2}~ size {2}1 → 2\n$/,
    ]) {
      expect(text).toMatch(part);
    }
  });

  it.each<[string, JsonObject | undefined, JsonObject | undefined]>([
    ['Denied; it would have been created as', undefined, { size: 1 }],
    ['Denied; it was not deleted and remains', { size: 1 }, undefined],
    ['Denied; 1 change not applied', { size: 1 }, { size: 2 }],
    ['Denied; 2 changes not applied', { size: 1, a: 1 }, { size: 2, a: 2 }],
    ['No changes', { size: 1 }, { size: 1 }],
  ])('states that denied changes were not applied: %s', (title, before, after) => {
    const refused = { decision: 'DENIED', verdict: 'DENIED' };
    expect(renderEntry(entryOf(before, after, refused), plainPaint)).toContain(`\n${title}\n`);
    expect(renderEntry(entryOf(before, after), plainPaint)).not.toContain('Denied');
  });

  it('explains whether the role lacks the permission or the service checked the wrong one', () => {
    const verdictOf = (parts: object) =>
      /^Verdict +(.+)$/m.exec(
        renderEntry(entryOf({ a: 1 }, { a: 2 }, { verdict: 'VIOLATION', ...parts }), plainPaint),
      )?.[1];
    expect(verdictOf({ permission: 'service:update', grant: 'resource:*' })).toBe(
      'VIOLATION, the service checked service:update instead of resource:update, which the role grants (grant resource:*)',
    );
    expect(verdictOf({ grant: undefined })).toBe('VIOLATION, succeeded although the role does not allow it');
  });

  it('explains redacted values only if there are any', () => {
    expect(renderEntry(entryOf({ a: 1 }, { a: 2 }), plainPaint)).not.toContain('REDACTED');
    expect(renderEntry(entryOf({ a: 1 }, { a: '[REDACTED:1]' }), plainPaint)).toContain('never stored');
  });

  it('says that the role of a denied attempt is not defined', () => {
    const denied = { verdict: 'DENIED', decision: 'DENIED', grant: undefined, roleKnown: false };
    const text = renderEntry(entryOf({ a: 1 }, { a: 2 }, denied), plainPaint);
    expect(text).toContain('DENIED, the service denied it, and the role is not defined');
  });

  it('escapes line breaks in text from the server', () => {
    const text = renderEntry(
      entryOf({ a: 1 }, { a: 2 }, { reason: 'x\nVerdict   PERMITTED\u001b[2K' }),
      plainPaint,
    );
    expect(text).toContain('Why       x\\u000aVerdict   PERMITTED\\u001b[2K\n');
  });
});

describe('toReadablePath', () => {
  it.each([
    ['', '(all)'],
    ['/a', 'a'],
    ['/containers/0/image', 'containers[0].image'],
    ['/a~1b/c~0d/é', '["a/b"]["c~d"].é'],
    ['/00', '["00"]'],
    ['/', '[""]'],
  ])('reads %j as %j', (pointer, path) => {
    expect(toReadablePath(pointer)).toBe(path);
  });
});

describe('renderProgress', () => {
  it('fits on one line and shows the progress', () => {
    const progress = {
      count: 12_345,
      bytes: 3_400_000,
      fraction: 0.5,
      searchedThrough: '2026-11-10T00:00:00.000Z',
    };
    expect(renderProgress(progress, 100)).toBe(
      `[${'█'.repeat(15)}${'░'.repeat(15)}]  50 %  12,345 entries  3.4 MB  at 2026-11-10T00:00Z`,
    );
    for (const columns of [20, 40, 60, 80]) {
      expect(widthOf(renderProgress(progress, columns))).toBeLessThan(columns);
    }
  });

  it('measures progress in both directions and stays within the range', () => {
    expect(fractionOf(100, 0, 75)).toBe(0.25);
    expect(fractionOf(0, 100, 75)).toBe(0.75);
    expect(fractionOf(0, 100, 175)).toBe(1);
    expect(fractionOf(5, 5, 5)).toBeUndefined();
  });
});

describe('renderEntry of a disputed entry', () => {
  const recordedAt = '2026-11-10T00:00:09.000Z';
  const linesOf = (...disputes: NonNullable<Entry['disputes']>) =>
    renderEntry({ ...entryOf({ a: 1 }, { a: 2 }), disputes }, plainPaint).split('\n');

  it('shows when the other event arrived, who sent it, and what differs', () => {
    const { producer } = entryOf({ a: 1 }, { a: 2 });
    const long = 'x'.repeat(500);
    const lines = linesOf({
      recordedAt,
      contentHash: 'abc',
      producer,
      differences: [
        { path: '/actor/userId', op: 'replace', before: 'u-1', after: 'u-\u202e2' },
        { path: '/reason', op: 'add', after: long },
      ],
    });
    const start = lines.findIndex((line) => line.startsWith('Disputed: '));
    expect(lines[start]).toBe(
      `Disputed: another event with the same ID but different content arrived on ${recordedAt}, sent by account ${producer.account}`,
    );
    expect(lines.slice(start + 1, start + 4)).toEqual([
      '  Hash abc',
      '  /actor/userId: "u-1" in this entry, "u-\\u202e2" in the other event',
      `  /reason: absent in this entry, "${'x'.repeat(199)}… in the other event`,
    ]);
  });

  it('says why it does not show what differs', () => {
    const text = linesOf(
      { recordedAt, unavailable: 'OTHER_ACCOUNT' },
      { unavailable: 'UNREADABLE' },
      { recordedAt, differencesOmitted: true },
    ).join('\n');
    expect(text).toContain('  It names an AWS account that you cannot see.');
    expect(text).toContain('content arrived\n  It cannot be read: it is damaged or was forged.');
    expect(text).toContain('  The differences are too large to display.');
  });

  it('shows nothing for an entry without disputes', () => {
    expect(linesOf().join('\n')).not.toContain('Disputed');
  });
});

describe('toOptions', () => {
  it('quotes the options of a search for a shell', () => {
    const search = {
      from: '2026-11-19T12:00:00.000Z',
      filters: { user: ['a\\,b', "o'neil"], action: ['CREATE'] },
    };
    expect(toOptions(search)).toBe(
      `--from 2026-11-19T12:00:00.000Z --action CREATE --user 'a\\,b' --user 'o'\\''neil'`,
    );
    expect(quoteForShell('$(reboot)')).toBe(`'$(reboot)'`);
  });

  it('repeats a flag without a value', () => {
    expect(toOptions({ filters: { user: ['u-1'], disputed: ['true'] } })).toBe('--user u-1 --disputed');
  });

  it('repeats the search exactly when the options are pasted into a shell', () => {
    const text = fc.string({
      unit: fc.constantFrom('a', ' ', ',', '\\', "'", '-', '$', '*', '!', 'é'),
      minLength: 1,
      maxLength: 5,
    });
    const term = fc.record({ text, isNegated: fc.boolean(), isPrefix: fc.boolean() }).map(printTerm);
    const values = fc.uniqueArray(term, { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.record({ user: values, target: values }), (filters) => {
        const search = { filters: { user: filters.user.toSorted(), target: filters.target.toSorted() } };
        const words = execFileSync('sh', ['-c', `printf '%s\\0' ${toOptions(search)}`], { encoding: 'utf8' });
        const command = readArguments(words.split('\0').slice(0, -1), () => 0);
        expect(command).toMatchObject({ search });
      }),
      { numRuns: 60 },
    );
  });
});
