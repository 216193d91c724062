// Reads text in which quotes or markup characters are written in another form: XML entities, quotes inside single quotes
// of a shell, and doubled quotes as in SQL, YAML, and CSV.
import { type Escaping, type Reading, readEscaping } from '../encodings/escaped-text.ts';

const names: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const entities: Escaping = {
  sign: '&',
  pattern: /&(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6});/gi,
  decode: (entity) => [[decodeEntity(entity.slice(1, -1).toLowerCase()), entity.length]],
};

const quotes: readonly Escaping[] = [
  // A quote inside single quotes of a shell: '\'' or '"'"'.
  { sign: '\\', pattern: /'\\''/g, decode: (coded) => [["'", coded.length]] },
  { sign: `'"'"'`, pattern: /'"'"'/g, decode: (coded) => [["'", coded.length]] },
  { sign: "''", pattern: /''/g, decode: (coded) => [["'", coded.length]] },
  { sign: '""', pattern: /""/g, decode: (coded) => [['"', coded.length]] },
];

function decodeEntity(name: string): string {
  const named = names[name];
  if (named !== undefined) return named;
  const code = name.startsWith('#x')
    ? Number.parseInt(name.slice(2), 16)
    : Number.parseInt(name.slice(1), 10);
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}

const none: readonly Reading[] = [];

/** Returns the readings of a text in which quotes or entities are decoded, one for each form that occurs. */
export function readQuotes(text: string): readonly Reading[] {
  if (!text.includes('&') && !text.includes("'") && !text.includes('""')) return none;
  return [entities, ...quotes].flatMap((escaping) => readEscaping(text, escaping) ?? []);
}
