// Parses IP addresses and CIDR blocks, for comparisons that do not depend on the notation. Also runs in browsers.

const octet = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)';
const ipv4 = `${octet}(?:\\.${octet}){3}`;
const group = '[0-9A-Fa-f]{1,4}';
const ipv6 = [
  `(?:${group}:){7}(?:${group}|:)`,
  `(?:${group}:){6}(?:${ipv4}|:${group}|:)`,
  ...[5, 4, 3, 2, 1].map(
    (count) =>
      `(?:${group}:){${count}}(?:(?::${group}){0,${5 - count}}:${ipv4}|(?::${group}){1,${7 - count}}|:)`,
  ),
  `:(?:(?::${group}){0,5}:${ipv4}|(?::${group}){1,7}|:)`,
].join('|');

/** The form of an address or a CIDR block, as a regular expression without anchors. */
export const ipRangeForm = `(?:${ipv4}(?:/(?:3[0-2]|[12]?\\d))?|(?:${ipv6})(?:/(?:12[0-8]|1[01]\\d|[1-9]?\\d))?)`;

/** A range of addresses of one family, both ends inclusive. An address is a range of one. */
export interface IpRange {
  readonly family: 4 | 6;
  readonly low: bigint;
  readonly high: bigint;
}

/**
 * Parses an address or a CIDR block, such as `203.0.113.24`, `10.0.0.0/8` or `2001:db8::/32`. An IPv4 address that is
 * mapped to IPv6 (`::ffff:203.0.113.24`) equals the IPv4 address. Returns `undefined` for any other text.
 */
export function parseIpRange(text: string): IpRange | undefined {
  const [address = '', length, ...more] = text.split('/');
  const parsed = parseIpv4(address) ?? parseIpv6(address);
  if (parsed === undefined || more.length > 0) return undefined;
  if (length === undefined) return unmap(parsed, 128);
  const bits = parsed.family === 4 ? 32 : 128;
  if (!/^(?:0|[1-9]\d{0,2})$/.test(length) || Number(length) > bits) return undefined;
  return unmap(parsed, Number(length));
}

/** Whether all addresses of `range` are in `block`. */
export function includesRange(block: IpRange, range: IpRange): boolean {
  return block.family === range.family && block.low <= range.low && range.high <= block.high;
}

interface Address {
  readonly family: 4 | 6;
  readonly value: bigint;
}

const mappedPrefix = 0xffffn << 32n;

/** Returns the range of the block, and a block within the mapped IPv4 addresses as a block of IPv4 addresses. */
function unmap({ family, value }: Address, length: number): IpRange {
  const isMapped = family === 6 && length >= 96 && value >> 32n === mappedPrefix >> 32n;
  if (!isMapped) return rangeOf(family, value, Math.min(length, family === 4 ? 32 : 128));
  return rangeOf(4, value & 0xffffffffn, length - 96);
}

function rangeOf(family: 4 | 6, value: bigint, length: number): IpRange {
  const hostMask = (1n << BigInt((family === 4 ? 32 : 128) - length)) - 1n;
  const low = value & ~hostMask;
  return { family, low, high: low | hostMask };
}

function parseIpv4(text: string): Address | undefined {
  const parts = text.split('.');
  if (parts.length !== 4 || !parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) < 256))
    return undefined;
  return { family: 4, value: parts.reduce((sum, part) => (sum << 8n) | BigInt(part), 0n) };
}

function parseIpv6(text: string): Address | undefined {
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(text);
  if (dotted) {
    const embedded = parseIpv4(dotted[2] ?? '');
    if (embedded === undefined) return undefined;
    const groups = [embedded.value >> 16n, embedded.value & 0xffffn].map((group) => group.toString(16));
    return parseIpv6(`${dotted[1]}${groups.join(':')}`);
  }
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')));
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...Array.from({ length: missing }, () => '0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return undefined;
  return { family: 6, value: groups.reduce((sum, group) => (sum << 16n) | BigInt(`0x${group}`), 0n) };
}
