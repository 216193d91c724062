// One sample of a corpus, as JSON lines carry it.
import { z } from 'zod';

const sampleSchema = z.object({
  /** The line of a file or log in which the secret is. */
  line: z.string().min(1),
  /** Absent in a line that its authors mark as harmless. */
  secret: z.string().min(4).optional(),
  isSecret: z.boolean(),
});

export type Sample = z.infer<typeof sampleSchema>;

/** Parses JSON lines; equal samples count once, and lines without their secret are left out. */
export function parseSamples(text: string): Sample[] {
  const samples = new Map<string, Sample>();
  for (const line of text.split('\n').filter((line) => line.trim() !== '')) {
    const parsed = sampleSchema.safeParse(JSON.parse(line));
    if (!parsed.success) continue;
    const sample = parsed.data;
    if (sample.isSecret && !(sample.secret !== undefined && sample.line.includes(sample.secret))) continue;
    samples.set(JSON.stringify([sample.line, sample.secret]), sample);
  }
  return [...samples.values()];
}
