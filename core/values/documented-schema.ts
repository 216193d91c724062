// Small parts that the API's schemas are made of, and how they become JSON Schema (2020-12).
import * as z from 'zod/mini';
import type { JsonObject, JsonValue } from './json.ts';

/** What a schema describes, as the core hands it on: nothing of it is changed. States stay plain JSON. */
export type ReadonlyDeep<T> = T extends readonly (infer Item)[]
  ? readonly ReadonlyDeep<Item>[]
  : T extends object
    ? string extends keyof T
      ? T
      : { readonly [Key in keyof T]: ReadonlyDeep<T[Key]> }
    : T;

/** `true` when both types are the same to the last optional field, `false` when they are not. */
export type IsSame<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

export const text = (description: string, example?: string) =>
  z.string().check(z.meta({ description, ...(example === undefined ? {} : { examples: [example] }) }));

export const time = (description: string) =>
  z.string().check(z.meta({ description, format: 'date-time', examples: ['2026-11-05T16:40:51.000Z'] }));

export const count = (description: string) => z.int().check(z.minimum(0), z.meta({ description }));

export const jsonValue = (description: string) =>
  z.unknown().check(z.meta({ description })) as unknown as z.ZodMiniType<JsonValue>;

export const jsonObject = (description: string) =>
  z.record(z.string(), z.unknown()).check(z.meta({ description })) as unknown as z.ZodMiniType<JsonObject>;

/** The JSON Schemas of named schemas, which refer to one another as parts of one OpenAPI document. */
export function toComponents(schemas: Readonly<Record<string, z.ZodMiniType>>): JsonObject {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const { schemas: converted } = z.toJSONSchema(registry, {
    io: 'input',
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => {
      // Every JSON number is within these bounds; to say so tells nobody anything.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return Object.fromEntries(
    Object.entries(converted).map(([name, { $schema, $id, ...schema }]) => [name, schema as JsonObject]),
  );
}
