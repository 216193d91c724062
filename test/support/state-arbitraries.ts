// Random states for property tests.
import fc from 'fast-check';
import type { JsonObject } from '../../core/values/json.ts';

/** Any state that the contract accepts. */
export const jsonObject = fc.dictionary(
  fc.string().filter((key) => key !== '__proto__'),
  // The contract rejects __proto__ keys at any depth.
  fc.jsonValue({ depthSize: 'small' }).filter((value) => !JSON.stringify(value).includes('__proto__')),
) as fc.Arbitrary<JsonObject>;

/** Lists whose elements have an identifying field, such as security group rules or service types. */
export const identifiedList = fc
  .uniqueArray(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), size: fc.integer({ min: 0, max: 3 }) }), {
    selector: (element) => element.id,
  })
  .map((list) => ({ list }) as JsonObject);
