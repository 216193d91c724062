// Passwords inside URLs: `scheme://user:password@host`.
import type { Span } from '../text/spans.ts';
import { UnquotedValues } from './unquoted-values.ts';

/** Where a URL without a password ends in running text. */
const urlEnd = /[\s"'<>`\\]/;

/** A longer URL is read only this far. */
const maxUrlLength = 4096;

/** Schemes in whose URLs no `@` follows the host, so that a password can contain even `/` and `@`. */
const storeScheme =
  /(?:postgres(?:ql)?|mysql|mariadb|mongodb|redis|rediss|valkey|amqps?|smtps?|ldaps?|kafka|mssql|sqlserver|oracle|nats|mqtts?)(?:\+\w+)?$/i;

/** The passwords of all URLs in the text. */
export function findUrlPasswords(text: string): Span[] {
  const spans: Span[] = [];
  const unquoted = new UnquotedValues(text);
  for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', at + 3)) {
    const start = at + 3;
    const isStore = storeScheme.test(text.slice(Math.max(0, at - 24), at));
    const span = findPassword(urlAt(text, start, isStore, unquoted), isStore);
    if (!span) continue;
    spans.push({ start: start + span.start, end: start + span.end });
    // A password can contain `://`.
    at = start + span.end - 3;
  }
  return spans;
}

/** The password of a data store can contain the signs that end any other URL. */
function urlAt(text: string, start: number, isStore: boolean, unquoted: UnquotedValues): string {
  const rest = text.slice(start, start + maxUrlLength);
  const end = rest.search(isStore ? /\s/ : urlEnd);
  const url = end === -1 ? rest : rest.slice(0, end);
  return isStore && urlEnd.test(url) ? text.slice(start, unquoted.endOf(start)).slice(0, maxUrlLength) : url;
}

/** A variable or another word for the password. */
const placeholder = /^(?:\$[A-Z_][A-Z0-9_]*|\$?\{[A-Za-z_][\w.]*\}|<[a-z_ -]+>|\*{3,16})$/;

/** Hosts and their ports, or one IPv6 address without. */
const host = String.raw`(?:\[[0-9a-f:.]+\]|[^:,@[\]]*)`;
const hosts = new RegExp(`^(?:${host}:\\d{0,5}(?:,${host}:\\d{1,5})*|\\[[0-9a-f:.]+\\])$`, 'i');

function findPassword(url: string, isStore: boolean): Span | undefined {
  const slash = url.search(/[/?#]/);
  const authority = slash === -1 ? url : url.slice(0, slash);
  const colon = authority.indexOf(':');
  if (colon === -1) return findBareToken(authority);
  const hasUser = authority.includes('@');
  // No password, unless it begins like a port and contains an unescaped `?`, `#` or slash.
  if (!hasUser && hosts.test(authority) && !(isStore && beginsLikeQuery(url, slash))) return undefined;
  const end = (isStore || !hasUser ? url : authority).lastIndexOf('@');
  if (end <= colon + 1 || placeholder.test(url.slice(colon + 1, end))) return undefined;
  return { start: colon + 1, end };
}

/** Whether a password continues with `?` or `#`, and no query begins there. */
function beginsLikeQuery(url: string, index: number): boolean {
  return (
    /[?#]/.test(url.charAt(index)) &&
    !/^\?[a-z][A-Za-z_]{2,64}=[\w.,+-]*[&@]/.test(url.slice(index, index + 66))
  );
}

/** A token in the user's place: `https://<token>@host`. */
function findBareToken(authority: string): Span | undefined {
  const end = authority.lastIndexOf('@');
  const isToken = end >= 20 && /\d/.test(authority) && /^[A-Za-z0-9_~-]+$/.test(authority.slice(0, end));
  return isToken ? { start: 0, end } : undefined;
}
