// Passwords inside URLs: `scheme://user:password@host`.
import type { Span } from '../text/spans.ts';

/** Where a URL ends in running text. */
const urlEnd = /[\s"'<>`\\]/;

/** Schemes in whose URLs no `@` stands behind the host, so that a password may hold even `/` and `@`. */
const storeScheme =
  /(?:postgres(?:ql)?|mysql|mariadb|mongodb|redis|rediss|valkey|amqps?|smtps?|ldaps?|kafka|mssql|sqlserver|oracle|nats|mqtts?)(?:\+\w+)?$/i;

/** The passwords of all URLs in the text. */
export function findUrlPasswords(text: string): Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf('://'); at !== -1; at = text.indexOf('://', at + 3)) {
    const start = at + 3;
    const rest = text.slice(start, start + 4096);
    const end = rest.search(urlEnd);
    const url = end === -1 ? rest : rest.slice(0, end);
    const span = findPassword(url, storeScheme.test(text.slice(Math.max(0, at - 24), at)));
    if (span) spans.push({ start: start + span.start, end: start + span.end });
  }
  return spans;
}

/** Hosts and their ports, or one IPv6 address without. */
const host = String.raw`(?:\[[0-9a-f:.]+\]|[^:,@[\]]*)`;
const hosts = new RegExp(`^(?:${host}:\\d{0,5}(?:,${host}:\\d{1,5})*|\\[[0-9a-f:.]+\\])$`, 'i');

function findPassword(url: string, isStore: boolean): Span | undefined {
  const slash = url.search(/[/?#]/);
  const authority = slash === -1 ? url : url.slice(0, slash);
  const colon = authority.indexOf(':');
  if (colon === -1) return findBareToken(authority);
  const hasUser = authority.includes('@');
  // No password, unless it begins like a port and holds an unescaped slash.
  if (!hasUser && hosts.test(authority)) return undefined;
  const end = (isStore || !hasUser ? url : authority).lastIndexOf('@');
  return end > colon + 1 ? { start: colon + 1, end } : undefined;
}

/** A token in the user's place: `https://<token>@host`. */
function findBareToken(authority: string): Span | undefined {
  const end = authority.lastIndexOf('@');
  const isToken = end >= 20 && /\d/.test(authority) && /^[A-Za-z0-9_~-]+$/.test(authority.slice(0, end));
  return isToken ? { start: 0, end } : undefined;
}
