// The schema of a synthesized CloudFormation template. The schemas of resource types are in kinds/.
import * as z from 'zod/mini';
import { LocalStackError } from '../shared/errors.ts';

const resourceSchema = z.looseObject({
  Type: z.string(),
  Properties: z.optional(z.record(z.string(), z.unknown())),
  Condition: z.optional(z.string()),
});

const templateSchema = z.strictObject({
  AWSTemplateFormatVersion: z.optional(z.string()),
  Description: z.optional(z.string()),
  Metadata: z.optional(z.unknown()),
  Parameters: z.optional(
    z.record(z.string(), z.looseObject({ Type: z.string(), Default: z.optional(z.unknown()) })),
  ),
  /** Assertions about parameters, such as the CDK's bootstrap version: not evaluated. */
  Rules: z.optional(z.unknown()),
  Mappings: z.optional(z.record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown())))),
  Conditions: z.optional(z.record(z.string(), z.unknown())),
  Resources: z.record(z.string(), resourceSchema),
  Outputs: z.optional(z.unknown()),
});

export type Template = z.infer<typeof templateSchema>;
export type TemplateResource = z.infer<typeof resourceSchema>;

/** Validates a template. Fails with LocalStackError when a section is not supported, such as `Transform`. */
export function parseTemplate(value: unknown): Template {
  const parsed = templateSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw new LocalStackError(
    `the local stack cannot run the template: ${issue?.path.join('.') || 'top level'}: ${issue?.message}`,
  );
}
