// Reads the valid sample events for the demonstration data.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { envelopeSchema } from '../../core/contract/event.ts';
import type { DetailType } from '../../core/contract/vocabulary.ts';

const samplesDir = join(import.meta.dirname, '..', '..', 'test', 'fixtures', 'events');

const sampleSchema = z.pick(envelopeSchema, { 'detail-type': true, detail: true });

/** Reads the sample events in the order of their file names. Skips `bad-…` files. */
export function readSamples(): { detailType: DetailType; detail: z.infer<typeof sampleSchema>['detail'] }[] {
  return readdirSync(samplesDir)
    .filter((name) => /^\d.*\.json$/.test(name))
    .sort()
    .map((name) => {
      const sample = sampleSchema.parse(JSON.parse(readFileSync(join(samplesDir, name), 'utf8')));
      return { detailType: sample['detail-type'], detail: sample.detail };
    });
}
