// Decodes a text in every way that the product knows, for tests. Independent of the product's own search.

type Decode = (text: string) => string;

const bytesOf = (coded: string, encoding: 'hex' | 'base64') => Buffer.from(coded, encoding).toString();

const decoders: readonly Decode[] = [
  (text) => text.replace(/(?:%[0-9a-f]{2})+/gi, (run) => bytesOf(run.replaceAll('%', ''), 'hex')),
  (text) => text.replaceAll('+', ' '),
  (text) => text.replace(/\\u([0-9a-f]{4})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16))),
  (text) => text.replace(/\\n/g, '\n').replace(/\\([^u])/g, '$1'),
  (text) => text.replaceAll("'\\''", "'"),
  (text) => text.replaceAll("''", "'"),
  (text) => text.replaceAll('""', '"'),
  (text) =>
    text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&'),
];

/** Adds the text, and what it says once it is decoded, up to this many times. */
export function addReadings(text: string, readings: Set<string>, layers = 4): void {
  if (readings.has(text)) return;
  readings.add(text);
  if (layers === 0) return;
  for (const decode of decoders) {
    const decoded = decode(text);
    if (decoded !== text) addReadings(decoded, readings, layers - 1);
  }
  const runs = [
    ...Array.from(text.matchAll(/[A-Za-z0-9+/_-]{6,}/g), ([run]) => bytesOf(run, 'base64')),
    ...Array.from(text.matchAll(/(?:[0-9a-f]{2}){4,}/gi), ([run]) => bytesOf(run, 'hex')),
  ];
  for (const decoded of runs) {
    // Bytes of ordinary words are not text.
    if (!decoded.includes('\ufffd')) addReadings(decoded, readings, layers - 1);
  }
}

/** Returns every key and value of the JSON, as text and decoded. */
export function readingsOf(values: readonly unknown[]): ReadonlySet<string> {
  const readings = new Set<string>();
  const visit = (value: unknown) => {
    if (typeof value !== 'object' || value === null) {
      addReadings(String(value), readings);
      return;
    }
    for (const [key, child] of Object.entries(value)) {
      if (!Array.isArray(value)) addReadings(key, readings);
      visit(child);
    }
  };
  for (const value of values) visit(value);
  return readings;
}

/** The parts of a value with this many characters. */
export function windowsOf(value: string, length: number): string[] {
  if (value.length < length) return [value];
  return Array.from({ length: value.length - length + 1 }, (_, at) => value.slice(at, at + length));
}
