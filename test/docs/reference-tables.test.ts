// The tables of the documentation that repeat what the code defines.
import { describe, expect, it } from 'vitest';
import type * as z from 'zod/mini';
import { defaultRoleMap } from '../../core/access/role-map.ts';
import { detailTypes } from '../../core/contract/vocabulary.ts';
import { filterNames, parameterNames } from '../../core/query/query.ts';
import { type Config, parseConfig } from '../../lib/settings/config.ts';
import { settingsSchema } from '../../lib/settings/settings.ts';
import { personas } from '../../local/issuer/personas.ts';
import { codeSpansOf, tableOf } from './markdown.ts';

/** The dotted names of all settings; a setting without settings of its own is one name. */
function settingNames(schema: z.core.$ZodType, path: readonly string[] = []): string[] {
  const { def } = schema._zod as unknown as { def: Definition };
  if (def.type === 'optional' && def.innerType !== undefined) return settingNames(def.innerType, path);
  const parts = def.type === 'object' ? Object.entries(def.shape ?? {}) : [];
  if (parts.length === 0) return [path.join('.')];
  return parts.flatMap(([name, part]) => settingNames(part, [...path, name]));
}

interface Definition {
  readonly type: string;
  readonly innerType?: z.core.$ZodType;
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>;
}

const base = { stage: 'dev', identity: { cognito: {} } };

/** The smallest configuration with this setting. */
function configureWith(name: string, value: unknown): object {
  const nested = name.split('.').reduceRight<unknown>((inner, part) => ({ [part]: inner }), value);
  return { ...base, ...(nested as object) };
}

const isAllowed = (name: string, value: unknown) => {
  try {
    parseConfig(configureWith(name, value), 'the test');
    return true;
  } catch {
    return false;
  }
};

/** The value of a setting in a complete configuration, where it has the same place there. */
function readConfig(config: Config, name: string): unknown {
  const path = name.replace(/^identity\.claims\./, 'claims.').split('.');
  return path.reduce<unknown>(
    (value, part) => (value as Record<string, unknown> | undefined)?.[part],
    config,
  );
}

describe('the settings in docs/deploying.md', () => {
  const rows = tableOf('docs/deploying.md', 'setting');
  const documented = rows.flatMap(([names = '']) => codeSpansOf(names));

  it('are those of the schema', () => {
    expect([...documented].sort()).toEqual(settingNames(settingsSchema).sort());
  });

  it('have the defaults that the code fills in', () => {
    const config = parseConfig(base, 'the test');
    const checked = rows.flatMap(([names = '', , usual = '']) => {
      const [name = ''] = codeSpansOf(names);
      const [value] = codeSpansOf(usual);
      const actual = readConfig(config, name);
      const isSimple = typeof actual === 'string' || typeof actual === 'number';
      // The page names the runbook's path by a link.
      if (!isSimple || name === 'stage' || name === 'alarms.runbookUrl') return [];
      expect(value, name).toBe(String(actual));
      return [name];
    });
    expect(checked.length).toBeGreaterThan(9);
  });

  it('have the ranges that the schema allows', () => {
    const checked = rows.flatMap(([names = '', , , allowed = '']) => {
      const [name = ''] = codeSpansOf(names);
      const [, least, most] = /^([\d,]+)–([\d,]+)(?:;.*)?$/.exec(allowed) ?? [];
      if (least === undefined || most === undefined) return [];
      const [low, high] = [least, most].map((text) => Number(text.replaceAll(',', '')));
      const tried = [Number(low) - 1, low, high, Number(high) + 1].map((value) => isAllowed(name, value));
      expect(tried, name).toEqual([false, true, true, false]);
      return [name];
    });
    expect(checked.length).toBeGreaterThan(6);
  });
});

describe('the roles in docs/deploying.md', () => {
  it('are the default role map', () => {
    const rows = tableOf('docs/deploying.md', 'role').map(([role = '', grants = '']) => [
      role,
      codeSpansOf(grants),
    ]);
    expect(Object.fromEntries(rows)).toEqual(defaultRoleMap);
  });
});

describe('the parameters in docs/querying.md', () => {
  const namesIn = (heading: string) =>
    tableOf('docs/querying.md', heading).flatMap(([name = '']) => codeSpansOf(name));

  it('are the filters and the other parameters of a list request', () => {
    expect(namesIn('filter').sort()).toEqual([...filterNames].sort());
    const others = parameterNames.filter((name) => !filterNames.some((filter) => filter === name));
    expect(namesIn('parameter').sort()).toEqual(others.sort());
  });
});

describe('the detail types in docs/emitting.md', () => {
  it('are those of the contract, each with its source', () => {
    const pairs = tableOf('docs/emitting.md', 'detail type').flatMap(([types = '', source = '']) =>
      codeSpansOf(types).map((type) => [type, codeSpansOf(source)[0]]),
    );
    const expected = Object.entries(detailTypes).map(([type, { source }]) => [type, source]);
    expect(Object.fromEntries(pairs)).toEqual(Object.fromEntries(expected));
  });
});

describe('the personas in docs/local-stack.md', () => {
  it('are those of the local issuer', () => {
    const rows = tableOf('docs/local-stack.md', 'persona').map(([name = '', organization = '', role]) => [
      codeSpansOf(name)[0],
      codeSpansOf(organization)[0],
      role,
    ]);
    const expected = Object.entries(personas).map(([name, { organization, role }]) => [
      name,
      organization,
      role,
    ]);
    expect(rows).toEqual(expected);
  });
});
