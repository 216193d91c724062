// The encodings in which a declared secret is found, for tests.

type Encode = (text: string) => string;

const base64: Encode = (text) => Buffer.from(text).toString('base64');
const hex: Encode = (text) => Buffer.from(text).toString('hex');
const json: Encode = (text) => JSON.stringify(text).slice(1, -1);

export const encodings: Readonly<Record<string, Encode>> = {
  plain: (text) => text,
  base64,
  'base64 behind other text': (text) => base64(`ab${text}z`),
  'base64 for URLs': (text) => Buffer.from(`x${text}`).toString('base64url'),
  hex,
  'hex in capitals': (text) => hex(text).toUpperCase(),
  percent: (text) => encodeURIComponent(text),
  'percent for every character': (text) => hex(text).replace(/../g, '%$&'),
  form: (text) => new URLSearchParams({ text }).toString().slice('text='.length),
  'JSON escapes': json,
  'JSON escapes for every character': (text) =>
    Array.from(
      { length: text.length },
      (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  'JSON text': (text) => JSON.stringify({ note: text }),
  'shell backslashes': (text) => text.replace(/[^A-Za-z0-9]/g, '\\$&'),
  'shell quotes': (text) => text.replaceAll("'", "'\\''"),
  'SQL quotes': (text) => text.replaceAll("'", "''"),
  'XML entities': (text) =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;'),
};
