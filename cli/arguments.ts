// Reads the command line into a command. Every mistake is a UsageError that names the option and what is allowed.
import { parseArgs } from 'node:util';
import { isEntryId } from '../core/entry/entry-id.ts';
import { exportFormatNames } from '../core/export/export-formats.ts';
import { type Filters, filterNames, parseQuery } from '../core/query/query.ts';
import { RequestLogsError } from '../core/values/errors.ts';
import { escapeForTerminal } from '../core/values/terminal-text.ts';
import { UsageError } from '../terminal/usage-error.ts';
import { durationForms, momentForms, parseDuration, parseMoment } from './moments.ts';
import { type CommandName, commandNames, optionRules } from './options.ts';

/** What to look for; times as the API takes them. */
export interface Search {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly order?: 'asc' | 'desc' | undefined;
  readonly filters: Filters;
}

export interface ConnectionOptions {
  readonly url?: string | undefined;
  readonly token?: string | undefined;
  readonly persona?: string | undefined;
}

export interface ListCommand {
  readonly name: 'list';
  readonly search: Search;
  /** `undefined` for all. */
  readonly limit: number | undefined;
  readonly cursor: string | undefined;
  readonly output: 'table' | 'json' | 'ndjson';
}

export interface ShowCommand {
  readonly name: 'show';
  readonly id: string;
  readonly output: 'text' | 'json';
}

export interface FollowCommand {
  readonly name: 'follow';
  readonly search: Search;
  readonly windowMillis: number;
  readonly intervalMillis: number;
  readonly output: 'table' | 'ndjson';
}

export interface ExportCommand {
  readonly name: 'export';
  readonly search: Search;
  /** The same for the same wish: relative times stand as they were given. */
  readonly wish: string;
  readonly format: 'csv' | 'ndjson';
  readonly file: string | undefined;
  readonly restart: boolean;
  /** Replaces a file that is there. */
  readonly force: boolean;
}

export interface HelpCommand {
  readonly name: 'help';
  readonly command: CommandName | undefined;
}

export type Command = ListCommand | ShowCommand | FollowCommand | ExportCommand;

const defaultLimit = 50;
const maxListLimit = 100_000;
const defaultWindowMillis = 15 * 60_000;
const defaultIntervalMillis = 5000;

/** The values given: a list for every option, empty texts for switches. */
type Given = ReadonlyMap<string, readonly string[]>;

/** The command and where to send it. Fails with UsageError. */
export function readArguments(
  argv: readonly string[],
  nowMillis: number,
): HelpCommand | (Command & { readonly connection: ConnectionOptions }) {
  const { given, positionals } = readTokens(argv);
  const [word, ...rest] = positionals;
  const named = readCommandName(word);
  if (given.has('help')) return { name: 'help', command: named };
  const name = given.has('follow') && (named ?? 'list') === 'list' ? 'follow' : (named ?? 'list');
  requireKnown(given, name);
  const extra = name === 'show' ? rest[1] : rest[0];
  if (extra !== undefined) throw new UsageError(`${quote(extra)} is one argument too many for ${name}`);
  const connection = { url: one(given, 'url'), token: one(given, 'token'), persona: one(given, 'persona') };
  return { ...readCommand(name, given, rest[0], nowMillis), connection };
}

function readCommand(name: CommandName, given: Given, id: string | undefined, nowMillis: number): Command {
  if (name === 'show') return { name, id: readId(id), output: given.has('json') ? 'json' : 'text' };
  const search = readSearch(given, nowMillis);
  if (name === 'follow') {
    return {
      name,
      search,
      windowMillis: readDuration(given, 'window') ?? defaultWindowMillis,
      intervalMillis: readDuration(given, 'interval') ?? defaultIntervalMillis,
      output: given.has('ndjson') ? 'ndjson' : 'table',
    };
  }
  if (name === 'export') {
    const file = one(given, 'output');
    return {
      name,
      search,
      wish: describeWish(given),
      format: readFormat(given, file),
      file,
      restart: given.has('restart'),
      force: given.has('force'),
    };
  }
  refuseBoth(given, 'json', 'ndjson');
  refuseBoth(given, 'all', 'limit');
  return {
    name,
    search,
    limit: given.has('all') ? undefined : readLimit(given),
    cursor: one(given, 'cursor'),
    output: given.has('json') ? 'json' : given.has('ndjson') ? 'ndjson' : 'table',
  };
}

function readTokens(argv: readonly string[]): { given: Given; positionals: string[] } {
  const options = Object.fromEntries(
    Object.entries(optionRules).map(([name, { value }]) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  const { tokens, positionals } = parseArgs({
    args: argv.map((arg) => (arg === '-h' ? '--help' : arg)),
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const given = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind !== 'option') continue;
    const rule = Object.hasOwn(optionRules, token.name) ? optionRules[token.name] : undefined;
    const option = escapeForTerminal(token.rawName);
    if (rule === undefined) {
      const name = commandNames.find((known) => known === positionals[0]) ?? 'list';
      throw new UsageError(`${option} is not an option; allowed are ${optionList(name)}`);
    }
    const isMissing = token.value === undefined || (!token.inlineValue && /^--?[a-z]/.test(token.value));
    if (rule.value !== undefined && isMissing) throw new UsageError(`${option} needs a value: ${rule.help}`);
    if (rule.value === undefined && token.value !== undefined) {
      throw new UsageError(`${option} takes no value`);
    }
    const values = given.get(token.name) ?? [];
    if (values.length > 0 && rule.value !== undefined && !rule.isRepeatable) {
      throw new UsageError(`${option} must be given once`);
    }
    given.set(token.name, [...values, token.value ?? '']);
  }
  return { given, positionals };
}

function optionList(command: CommandName): string {
  return Object.entries(optionRules)
    .filter(([, { commands }]) => commands.includes(command))
    .map(([name]) => `--${name}`)
    .join(', ');
}

function readCommandName(word: string | undefined): CommandName | undefined {
  if (word === undefined) return undefined;
  const name = commandNames.find((known) => known === word);
  if (name !== undefined) return name;
  throw new UsageError(`${quote(word)} is not a command; allowed are ${commandNames.join(', ')}`);
}

function requireKnown(given: Given, name: CommandName): void {
  for (const option of given.keys()) {
    if (optionRules[option]?.commands.includes(name)) continue;
    throw new UsageError(`--${option} is not an option of ${name}; allowed are ${optionList(name)}`);
  }
}

function refuseBoth(given: Given, left: string, right: string): void {
  if (given.has(left) && given.has(right)) {
    throw new UsageError(`--${left} and --${right} exclude each other`);
  }
}

function quote(text: string): string {
  return escapeForTerminal(JSON.stringify(text));
}

function one(given: Given, name: string): string | undefined {
  const value = given.get(name)?.[0];
  if (value === '') throw new UsageError(`--${name} must not be empty`);
  return value;
}

function readId(id: string | undefined): string {
  if (id !== undefined && isEntryId(id)) return id;
  const is = id === undefined ? '' : `; is ${quote(id)}`;
  throw new UsageError(`show needs the id of an entry, 26 characters as \`list\` shows it${is}`);
}

/** Reads filters through the API's own rules, so that both allow the same. */
function readSearch(given: Given, nowMillis: number): Search {
  const from = readMoment(given, 'from', nowMillis);
  const to = readMoment(given, 'to', nowMillis);
  const parameters = new URLSearchParams();
  const set = (name: string, value: string | undefined) => value && parameters.append(name, value);
  set('from', from);
  set('to', to);
  set('order', one(given, 'order'));
  for (const name of filterNames) {
    for (const value of given.get(name) ?? []) parameters.append(name, value);
  }
  try {
    const { filters, order } = parseQuery(parameters.toString());
    return { from, to, order: given.has('order') ? order : undefined, filters };
  } catch (error) {
    if (!(error instanceof RequestLogsError)) throw error;
    const values = (given.get(error.field ?? '') ?? []).map(quote).join(', ');
    throw new UsageError(`--${error.message}${values === '' ? '' : `; is ${values}`}`);
  }
}

function readMoment(given: Given, name: 'from' | 'to', nowMillis: number): string | undefined {
  const text = one(given, name);
  if (text === undefined) return undefined;
  const moment = parseMoment(text, nowMillis);
  if (moment !== undefined) return moment;
  throw new UsageError(`--${name} must be ${momentForms}; is ${quote(text)}`);
}

function readDuration(given: Given, name: string): number | undefined {
  const text = one(given, name);
  if (text === undefined) return undefined;
  const millis = parseDuration(text);
  if (millis !== undefined && millis > 0) return millis;
  throw new UsageError(`--${name} must be ${durationForms}; is ${quote(text)}`);
}

function readLimit(given: Given): number {
  const text = one(given, 'limit');
  if (text === undefined) return defaultLimit;
  const limit = /^\d{1,6}$/.test(text) ? Number(text) : 0;
  if (limit >= 1 && limit <= maxListLimit) return limit;
  throw new UsageError(`--limit must be a whole number from 1 to ${maxListLimit}; is ${quote(text)}`);
}

function readFormat(given: Given, file: string | undefined): 'csv' | 'ndjson' {
  const text = one(given, 'format');
  if (text === undefined) return /\.(?:ndjson|jsonl)$/i.test(file ?? '') ? 'ndjson' : 'csv';
  const format = exportFormatNames.find((known) => known === text);
  if (format !== undefined) return format;
  throw new UsageError(`--format must be one of ${exportFormatNames.join(', ')}; is ${quote(text)}`);
}

/** What of the command line decides which entries are exported. */
function describeWish(given: Given): string {
  const names = ['from', 'to', 'order', ...filterNames];
  return JSON.stringify(names.flatMap((name) => (given.has(name) ? [[name, given.get(name)]] : [])));
}
