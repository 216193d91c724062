// Texts that try to make parsers slow, other than redaction: the contract, queries, cursors, and the writers of
// CSV and terminal output. Twice the text can take about twice the time, or be rejected for its length.
import { describe, expect, it } from 'vitest';
import { checkEnvelope } from '../../core/contract/validation.ts';
import { parseDirectoryQuery } from '../../core/directory/directory-query.ts';
import type { ListItem } from '../../core/entry/entry.ts';
import { parseExportQuery } from '../../core/export/export-query.ts';
import { decodeCursor } from '../../core/query/cursor.ts';
import { parseQuery } from '../../core/query/query.ts';
import { directorySortKeyStart } from '../../core/storage/keys.ts';
import { RequestLogsError } from '../../core/values/errors.ts';
import { foldTerm } from '../../core/values/folded-text.ts';
import { escapeForTerminal } from '../../core/values/terminal-text.ts';
import { csvFormat } from '../core/export/formats.ts';
import { makeEntry } from '../support/entries.ts';
import { makeCaller, makeEvent } from '../support/fixtures.ts';
import { filled, growthOf, linear, size } from './growth.ts';
import { Seeded } from './seeded.ts';

/** Returns the growth of the time to read a text of this length, whether or not it is rejected. */
function growthOfReading(
  read: (text: string) => void,
  textOf: (length: number) => string,
  length = size,
): number {
  return growthOf((length) => {
    const text = textOf(length);
    return () => {
      try {
        read(text);
      } catch (error) {
        if (!(error instanceof RequestLogsError)) throw error;
      }
    };
  }, length);
}

/**
 * Fails for a reader that takes more than linear time for many repetitions of a piece, followed by each of the
 * ends.
 */
function expectLinear(
  read: (text: string) => void,
  piece: string,
  ends: readonly string[] = [''],
  length = size,
): void {
  for (const end of ends) {
    const growth = growthOfReading(read, (characters) => filled(piece, characters) + end, length);
    expect(growth, JSON.stringify(end)).toBeLessThan(linear);
  }
}

/** Length of a text that is in about thirty fields at the same time. */
const fieldSize = size / 5;

/** Validates an event with this text in every field of the contract, and as a key. */
function checkEverywhere(text: string): void {
  const { detail, ...envelope } = makeEvent();
  const everywhere = (object: object) => Object.fromEntries(Object.keys(object).map((key) => [key, text]));
  const { actor, target, authorization, before, after } = detail;
  checkEnvelope({
    ...everywhere(envelope),
    detail: {
      ...everywhere(detail),
      ...everywhere({ environment: '', traceId: '', requestId: '', reason: '' }),
      actor: everywhere({ ...actor, name: '', email: '', sourceIp: '', userAgent: '' }),
      target: everywhere({ ...target, serviceName: '' }),
      authorization: everywhere(authorization),
      before: { ...before, [text]: text },
      after: { ...after, [text]: text },
    },
  });
}

describe('checkEnvelope', () => {
  const pieces = [
    ...['a', '1', '-', ':', ' ', 'é', '🦊', '\u0301', '\u0001', '/', '~', '__proto__'],
    ...['2026-11-05T16:40:51', '.0', '+00:00', '23:', 'eu-', 'eu-west-', 'us-gov-', 'mayaops.', 'Service '],
    ...['[', '[REDACTED:', '[REDACTED:1', '[REDACTED:1]', '[REDACTED:123456789'],
  ];
  const ends = ['', '\n', '!', '\ud800'];

  it.each(pieces)('takes linear time for fields of: %j', (piece) => {
    expectLinear(checkEverywhere, piece, ends, fieldSize);
  });

  it('takes linear time for many malformed keys below a long key', () => {
    const growth = growthOf((length) => {
      const keys = Array.from({ length: length / 10 }, (_, index) => [`\ud800${index}`, 1]);
      const event = makeEvent({ detail: { after: { ['~'.repeat(length)]: Object.fromEntries(keys) } } });
      return () => void checkEnvelope(event);
    }, 10_000);
    expect(growth).toBeLessThan(linear);
  });

  it('takes linear time for one piece followed by many repetitions of another', () => {
    const seeded = new Seeded(9);
    for (let round = 0; round < 20; round++) {
      const [head, rest, end] = [seeded.one(pieces), seeded.one(pieces), seeded.one(ends)];
      const textOf = (length: number) => head + filled(rest, length) + end;
      const growth = growthOfReading(checkEverywhere, textOf, fieldSize);
      expect(growth, JSON.stringify([head, rest, end])).toBeLessThan(linear);
    }
  });

  it.each<[string, (index: number) => [string, unknown]]>([
    ['unknown fields', (index) => [`field${index}`, index]],
    ['fields that are credentials', (index) => [`ghp_${String(index).padStart(36, 'a')}`, index]],
    ['invalid keys', (index) => [`\ud800${index}`, index]],
    ['inexact numbers', (index) => [`n${index}`, 2 ** 60]],
    [
      'values that are nested too deeply',
      (index) => [`d${index}`, JSON.parse('['.repeat(40) + ']'.repeat(40))],
    ],
  ])('takes linear time for many %s', (_name, member) => {
    const run = (count: number) => {
      const members = Object.fromEntries(Array.from({ length: count }, (_, index) => member(index)));
      const event = makeEvent({ detail: { ...members, actor: members, after: members } });
      return () => void checkEnvelope(event);
    };
    // More names than the cache of redaction holds, so that neither size is cached.
    expect(growthOf(run, 16_000)).toBeLessThan(linear);
  });
});

const queryPieces = ['user=', '\\,', 'a,', '%', '%41', '+', 'from=2026-11-0', 'é', '&', '=', 'a&a=', ' 00:'];

describe('parseQuery', () => {
  const names = ['user', 'resource', 'account', 'region', 'from', 'limit', 'cursor'];

  it.each(queryPieces)('takes linear time for parameters of: %j', (piece) => {
    for (const name of names) expectLinear((text) => parseQuery(`${name}=${text}`), piece);
  });

  it.each(queryPieces)('takes linear time for exports with: %j', (piece) => {
    expectLinear((text) => parseExportQuery(`format=csv&user=${text}`), piece);
  });
});

describe('parseDirectoryQuery', () => {
  /** Combining marks that Unicode normalization reorders, and letters that it decomposes. */
  const foldedPieces = [
    'e\u0301\u0316',
    '\u0301\u0316',
    'ß',
    'ﬃ',
    'Σ',
    '%C3%9F',
    '#',
    'prefix=a&',
    'account=1&',
  ];

  it.each([...queryPieces, ...foldedPieces])('takes linear time for prefixes of: %j', (piece) => {
    for (const name of ['prefix', 'account', 'limit']) {
      const read = (text: string) => parseDirectoryQuery('users', `${name}=${text}`);
      expectLinear((text) => void directorySortKeyStart(foldTerm(read(text).prefix)), piece);
    }
  });
});

describe('decodeCursor', () => {
  const query = parseQuery('user=u-1');
  const caller = makeCaller();

  it.each(['A', '_', '=', '[', '{"p":', '"', '\\u0041', '\\', '1', ' ', '\ud800'])(
    'takes linear time for cursors of: %j, encoded or not',
    (piece) => {
      expectLinear((text) => decodeCursor(text, query, caller), piece);
      const encoded = (text: string) => Buffer.from(text).toString('base64url');
      expectLinear((text) => decodeCursor(encoded(text), query, caller), piece, ['', '}', ']']);
    },
  );
});

describe('the CSV writer', () => {
  const entry = makeEntry({ eventId: 'csv' });

  /** Returns a list item with this text in its own cell and in the description of its changes. */
  function itemOf(text: string): ListItem {
    const path = `/${text}`;
    return {
      ...entry,
      role: text,
      changedPaths: [path, `${path}/0`, `${path}/1`],
      changeCount: 4,
      highlights: [
        { path, op: 'replace', before: text, after: `${text}.` },
        { path: `${path}/0`, op: 'remove', before: text },
        { path: `${path}/1`, op: 'add', after: [text] },
      ],
    };
  }

  it.each([
    'a',
    '"',
    ',',
    '\r\n',
    ' ',
    '\t',
    '\u00a0',
    '=',
    "'",
    ';',
    '/',
    '~1',
    '/0',
    'arn:',
    '[',
    '[REDACTED:1]',
  ])('takes linear time for cells of: %j', (piece) => {
    const write = (text: string) => void csvFormat.toLine(itemOf(text));
    expectLinear(write, piece, ['', '/0']);
    expectLinear((text) => write(`a${text}`), piece, ['a', ' ']);
  });

  it('takes linear time for many changed paths', () => {
    const run = (count: number) => {
      const changedPaths = Array.from({ length: count }, (_, index) => `/list/${index}`);
      const item = { ...entry, changedPaths, changeCount: count + 1 };
      return () => void csvFormat.toLine(item);
    };
    expect(growthOf(run, 4000)).toBeLessThan(linear);
  });
});

describe('escapeForTerminal', () => {
  it.each(['\u001b', '\u202e', 'a', '\ud800'])('takes linear time for: %j', (piece) => {
    expectLinear(escapeForTerminal, piece);
  });
});
