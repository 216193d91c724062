// Provides building blocks for documented API schemas, and converts schemas to JSON Schema (2020-12).
import * as z from 'zod/mini';
import type { JsonObject, JsonValue } from './json.ts';

/** Makes a type and everything in it read-only, except objects with arbitrary keys, such as states. */
export type ReadonlyDeep<T> = T extends readonly (infer Item)[]
  ? readonly ReadonlyDeep<Item>[]
  : T extends object
    ? string extends keyof T
      ? T
      : { readonly [Key in keyof T]: ReadonlyDeep<T[Key]> }
    : T;

/** `true` if both types are identical, including optional fields, otherwise `false`. */
export type IsSame<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** A described string. */
export const text = (description: string, example?: string) =>
  z.string().check(z.meta({ description, ...(example === undefined ? {} : { examples: [example] }) }));

/** A described time in RFC 3339 format. */
export const time = (description: string) =>
  z.string().check(z.meta({ description, format: 'date-time', examples: ['2026-11-05T16:40:51.000Z'] }));

/** A described integer of at least 0. */
export const count = (description: string) => z.int().check(z.minimum(0), z.meta({ description }));

/** A described JSON value, which the schema does not validate. */
export const jsonValue = (description: string) =>
  z.unknown().check(z.meta({ description })) as unknown as z.ZodMiniType<JsonValue>;

/** A described JSON object with arbitrary keys, whose values the schema does not validate. */
export const jsonObject = (description: string) =>
  z.record(z.string(), z.unknown()).check(z.meta({ description })) as unknown as z.ZodMiniType<JsonObject>;

/** Converts named schemas to JSON Schemas that reference each other as components of an OpenAPI document. */
export function toComponents(schemas: Readonly<Record<string, z.ZodMiniType>>): JsonObject {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(schemas)) registry.add(schema, { id });
  const { schemas: converted } = z.toJSONSchema(registry, {
    io: 'input',
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => {
      // The default bound of integers adds no information.
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
    },
  });
  return Object.fromEntries(
    Object.entries(converted).map(([name, { $schema, $id, ...schema }]) => [name, schema as JsonObject]),
  );
}
