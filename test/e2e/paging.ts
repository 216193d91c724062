// Tests pages of entries whose times do not tell them apart.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeEvent } from '../support/fixtures.ts';
import { Harness, type HarnessOptions } from './harness.ts';

const manyInOneMillisecond = 1000;
const oneTime = '2026-11-10T10:10:10.010Z';

export function describePaging(name: string, options: HarnessOptions = {}): void {
  describe(`${name}: paging`, () => {
    let harness: Harness;
    beforeAll(async () => {
      harness = await Harness.start(options);
    });
    afterAll(() => harness.stop());

    it(`pages through ${manyInOneMillisecond} entries of one millisecond without gaps or duplicates`, async () => {
      const detail = { before: { size: 1 }, after: { size: 2 } };
      const events = Array.from({ length: manyInOneMillisecond }, (_, number) =>
        makeEvent({ eventId: `same-${number}`, occurredAt: oneTime, detail }),
      );
      const { code } = await harness.emit(events);
      expect(code).toBe(0);
      const query = `from=${oneTime}&to=${oneTime}`;
      const [inOnePage, bySeven, oneByOne] = [200, 7, 1].map((limit) =>
        harness.ids(`${query}&limit=${limit}`),
      );
      expect(new Set(await inOnePage).size).toBe(manyInOneMillisecond);
      expect(await bySeven).toEqual(await inOnePage);
      expect(await oneByOne).toEqual(await inOnePage);
    }, 300_000);
  });
}
