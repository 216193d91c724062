// Hundreds of secrets in every place of an event, and hundreds of look-alikes: no secret survives, and all
// look-alikes stay readable. Checks the result of the emitter, and of the recorder alone.
import { describe, expect, it } from 'vitest';
import { buildEntry } from '../../../core/recording/build-entry.ts';
import { describeRejection } from '../../../core/recording/rejection.ts';
import { redactValue } from '../../../core/redaction/engine/redact.ts';
import { seal } from '../../../emitter/seal.ts';
import { now, policy, producerAccount, readSample } from '../../support/fixtures.ts';
import { runSeed, Seeded } from '../seeded.ts';
import { lookAlikeForms, lookAlikePlaces } from './look-alikes.ts';
import {
  linePlaces,
  neutralPlaces,
  type Parts,
  type Place,
  quotingPlaces,
  revealingPlaces,
} from './placements.ts';
import { type Secret, toSecret } from './secret.ts';
import { plain, selfIdentifying } from './shapes.ts';
import { survives } from './survival.ts';

const perForm = 2;
const base = readSample('05').detail;

function detailWith(parts: Parts) {
  return {
    ...base,
    before: { size: 1 },
    after: { size: 2 },
    ...parts,
    actor: { ...base.actor, ...parts.actor },
    target: { ...base.target, ...parts.target },
  };
}

const envelope = { ...readSample('05'), account: producerAccount };

/** What the recorder stores of an event that bypassed the emitter. */
function recorded(parts: Parts): unknown {
  const built = buildEntry({ ...envelope, detail: detailWith(parts) }, policy, now);
  if (!('entry' in built)) throw new Error(JSON.stringify(built));
  return built.entry;
}

/** What the emitter sends, and what the rejected queue contains of an invalid event. */
function sentAndRejected(parts: Parts): unknown {
  const detail = detailWith(parts);
  const sent = seal({ detailType: 'Resource Updated', detail } as never).detail;
  const rejection = describeRejection({ ...envelope, detail: { ...detail, region: 7 } }, [], now);
  return [sent, JSON.parse(rejection ?? '{}')];
}

function isSingleLine({ text }: Secret): boolean {
  return text.length <= 128 && !/[\n\r]/.test(text);
}

function placesOf(form: string, secret: Secret): Record<string, Place>[] {
  if (form in selfIdentifying)
    return [neutralPlaces, revealingPlaces, isSingleLine(secret) ? linePlaces : {}];
  // Short secrets and ids also occur by chance, so they are not searched for in other fields.
  return [revealingPlaces, secret.hidden.length >= 12 ? quotingPlaces : {}];
}

const forms = Object.entries({ ...selfIdentifying, ...plain });
const totals = { secrets: 0, places: 0, lookAlikes: 0, readable: 0 };

describe('secrets', () => {
  it.each(forms)('none survives: %s', (form, make) => {
    const survivors: string[] = [];
    for (let number = 0; number < perForm; number++) {
      const secret = toSecret(make(new Seeded(runSeed + number)));
      totals.secrets++;
      for (const [place, put] of placesOf(form, secret).flatMap((places) => Object.entries(places))) {
        totals.places++;
        // The first secret of each form is tested with both paths, the others with the shorter path.
        const ways = number === 0 ? [recorded, sentAndRejected] : [recorded];
        const kept = ways.map((keep) => keep(put(secret.text)));
        if (survives(secret.hidden, kept)) survivors.push(`${place} (seed ${runSeed + number})`);
      }
    }
    expect(survivors).toEqual([]);
  });

  it('number at least 300 in at least 40 forms and 10 places', () => {
    console.log(
      `${totals.secrets} secrets of ${forms.length} forms in ${totals.places} places, seed ${runSeed}`,
    );
    expect(totals.secrets).toBeGreaterThanOrEqual(300);
    expect(forms.length).toBeGreaterThanOrEqual(40);
  });
});

/**
 * A SHA-256 in base64 is 43 random characters. Outside a field that is named after it, nothing distinguishes it
 * from a key.
 */
const onlyByName = new Set(['code digest']);

describe('look-alikes', () => {
  it.each(Object.entries(lookAlikeForms))('stay readable: %s', (form, make) => {
    const hidden: string[] = [];
    for (let number = 0; number < 4; number++) {
      const [field, value] = make(new Seeded(runSeed + number));
      totals.lookAlikes++;
      const before = hidden.length;
      for (const [place, put] of Object.entries(lookAlikePlaces)) {
        if (onlyByName.has(form) && place === 'in a sentence') continue;
        const state = put(field, value);
        const redacted = JSON.stringify(redactValue(state));
        if (redacted !== JSON.stringify(state)) hidden.push(`${place}: ${JSON.stringify(state)}`);
      }
      if (hidden.length === before) totals.readable++;
    }
    expect(hidden).toEqual([]);
  });

  it('number at least 300', () => {
    console.log(`${totals.readable} of ${totals.lookAlikes} look-alikes readable, seed ${runSeed}`);
    expect(totals.lookAlikes).toBeGreaterThanOrEqual(300);
  });
});
