// What the local stack needs to know about a resource type: its properties and its names. A kind has no
// behavior. Other modules query the resources of a kind and emulate them.
import type * as z from 'zod/mini';

/** The values of `Ref` and `Fn::GetAtt` for a resource. */
export interface Identity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The parts from which a resource's names and ARNs are built. */
export interface Naming {
  readonly logicalId: string;
  readonly accountId: string;
  readonly region: string;
  readonly gatewayUrl: string;
  /** The resolved value of a property that is a name, or `undefined` when the template omits it. */
  property(name: string): string | undefined;
  /** The name that CloudFormation would generate, without its random suffix, truncated to `maxLength`. */
  generatedName(maxLength: number): string;
  /** A stable identifier of hex digits, derived from the stack name and the logical id. */
  generatedId(digits: number): string;
}

export interface ResourceKind<Shape extends z.ZodMiniObject = z.ZodMiniObject> {
  readonly type: string;
  /**
   * The properties that have a local effect. All others must be listed in `accepted`, otherwise the template is
   * rejected.
   */
  readonly properties: Shape;
  /** Properties that only AWS implements, each with the effect that is missing locally. */
  readonly accepted: Readonly<Record<string, string>>;
  readonly identify: (naming: Naming) => Identity;
}

/** Defines a kind. The types of its properties come from the schema. */
export function defineKind<Shape extends z.ZodMiniObject>(kind: ResourceKind<Shape>): ResourceKind<Shape> {
  return kind;
}

/** A resource of the template with all references resolved. */
export interface Resource<Properties = Record<string, unknown>> {
  readonly logicalId: string;
  readonly type: string;
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly properties: Properties;
}

/** Returns `arn:aws:<service>:<region>:<account>:<resource>` in the stack's region and account. */
export function localArn(naming: Naming, service: string, resource: string): string {
  return `arn:aws:${service}:${naming.region}:${naming.accountId}:${resource}`;
}
