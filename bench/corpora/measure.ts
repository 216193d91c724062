// Puts each secret of a corpus into an event and looks for what is left of it after redaction.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { JsonObject } from '../../core/values/json.ts';
import { survives } from '../../test/attacks/secrets/survival.ts';
import type { Sample } from './sample.ts';

/** Where a secret is put. */
export const places = [
  'as a variable',
  'under its own name',
  'its line in reason',
  'bare under note',
] as const;
type Place = (typeof places)[number];

type Parts = { readonly after?: JsonObject; readonly reason?: string };

/** Redacts the parts of an event, as the recorder does. */
export type Redact = (parts: Parts) => unknown;

export interface CorpusResult {
  readonly secrets: number;
  readonly places: Readonly<Record<Place, { readonly survived: number; readonly total: number }>>;
  /** Lines that their authors mark as harmless, and how many of them redaction changes. */
  readonly harmless: number;
  readonly changed: number;
}

/** Loads the redaction of a source tree, which can be one of an earlier commit. */
export async function loadRedaction(tree: string): Promise<Redact> {
  const file = pathToFileURL(join(tree, 'core', 'contract', 'redact-detail.ts')).href;
  const { redactDetail } = (await import(file)) as typeof import('../../core/contract/redact-detail.ts');
  const sample = join(tree, 'test', 'fixtures', 'events', '05-rds-updated.json');
  const { detail } = JSON.parse(readFileSync(sample, 'utf8'));
  return ({ after, reason }) => {
    const base = {
      ...detail,
      before: { size: 1 },
      after: { size: 2, ...after },
      reason: reason ?? 'resized',
    };
    const redacted = redactDetail(base);
    return { after: redacted.after, reason: redacted.reason };
  };
}

/** The name in front of the secret on its line: `api_key = "…"`, `"apiKey": "…"`. */
const nameBefore = /(?<name>[A-Za-z_][\w.-]{0,63})["'\]]{0,2}\s{0,4}(?::=|=>|[:=])\s{0,4}["'`]?$/;

function partsOf({ line, secret = '' }: Sample): Readonly<Partial<Record<Place, Parts>>> {
  const name = nameBefore.exec(line.slice(0, line.indexOf(secret)))?.groups?.name;
  return {
    'as a variable': { after: { environmentVariables: { CHECKOUT_SETTING: secret } } },
    ...(name !== undefined && { 'under its own name': { after: { [name]: secret } } }),
    'its line in reason': { reason: line },
    'bare under note': { after: { note: secret } },
  };
}

/** Counts the secrets of which all, or eight characters in a row or more, survive. */
export function measureCorpus(samples: readonly Sample[], redact: Redact): CorpusResult {
  const counts = Object.fromEntries(places.map((place) => [place, { survived: 0, total: 0 }])) as Record<
    Place,
    { survived: number; total: number }
  >;
  const secrets = samples.filter(({ isSecret }) => isSecret);
  for (const sample of secrets) {
    for (const [place, parts] of Object.entries(partsOf(sample)) as [Place, Parts][]) {
      counts[place].total += 1;
      if (survives(sample.secret ?? '', redact(parts))) counts[place].survived += 1;
    }
  }
  const harmless = samples.filter(({ isSecret }) => !isSecret);
  const changed = harmless.filter(({ line }) =>
    JSON.stringify(redact({ reason: line })).includes('[REDACTED:'),
  );
  return { secrets: secrets.length, places: counts, harmless: harmless.length, changed: changed.length };
}
