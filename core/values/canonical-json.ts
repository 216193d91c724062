// Writes canonical JSON (RFC 8785) of the values that the product stores. Also runs in browsers.

/** Characters that JSON writes as they are. Lone surrogates are not among them. */
const plainText = /^[ !#-[\]-~]*$/;

/**
 * Returns the canonical JSON of a JSON value; members that are undefined are left out. Throws TypeError for a lone
 * surrogate or a number that is not finite, which RFC 8785 cannot represent. The value must contain no cycle.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value !== 'object' || value === null) return scalarJson(value);
  if (Array.isArray(value)) {
    let json = '';
    for (const element of value) json += `${json === '' ? '' : ','}${canonicalJson(element ?? null)}`;
    return `[${json}]`;
  }
  const object = value as Readonly<Record<string, unknown>>;
  let json = '';
  for (const key of Object.keys(object).sort()) {
    const member = object[key];
    if (member !== undefined) json += `${json === '' ? '' : ','}${quote(key)}:${canonicalJson(member)}`;
  }
  return `{${json}}`;
}

function quote(text: string): string {
  if (plainText.test(text)) return `"${text}"`;
  if (!text.isWellFormed()) throw new TypeError('canonical JSON cannot contain a lone surrogate');
  return JSON.stringify(text);
}

function scalarJson(value: unknown): string {
  if (typeof value === 'number' && !Number.isFinite(value)) {
    throw new TypeError('canonical JSON cannot contain a number that is not finite');
  }
  return JSON.stringify(value);
}
