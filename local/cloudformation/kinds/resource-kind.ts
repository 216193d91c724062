// What the local stack has to know about a resource type: its properties and its names. A kind does nothing by
// itself; the parts of the stack ask for the resources of a kind and act on them.
import type * as z from 'zod/mini';

/** How a resource can be referred to: `Ref` and `Fn::GetAtt`. */
export interface Identity {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Facts that a name is made of. */
export interface Naming {
  readonly logicalId: string;
  readonly accountId: string;
  readonly region: string;
  readonly gatewayUrl: string;
  /** A property that is a name, resolved; `undefined` when the template leaves it out. */
  property(name: string): string | undefined;
  /** The name CloudFormation would make up, without its random part, cut to `maxLength`. */
  generatedName(maxLength: number): string;
  /** A stable identifier of hex digits, made from stack and logical id. */
  generatedId(digits: number): string;
}

export interface ResourceKind<Shape extends z.ZodMiniObject = z.ZodMiniObject> {
  readonly type: string;
  /** The properties with a local effect; what it does not list is unknown, unless it is accepted. */
  readonly properties: Shape;
  /** Properties that AWS acts on and this stack does not: name to what is missing here. */
  readonly accepted: Readonly<Record<string, string>>;
  readonly identify: (naming: Naming) => Identity;
}

/** Declares a kind; the types of its properties come from the schema. */
export function defineKind<Shape extends z.ZodMiniObject>(kind: ResourceKind<Shape>): ResourceKind<Shape> {
  return kind;
}

/** A resource of the template with everything resolved. */
export interface Resource<Properties = Record<string, unknown>> {
  readonly logicalId: string;
  readonly type: string;
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly properties: Properties;
}

/** `arn:aws:<service>:<region>:<account>:<resource>` in the stack's own region and account. */
export function localArn(naming: Naming, service: string, resource: string): string {
  return `arn:aws:${service}:${naming.region}:${naming.accountId}:${resource}`;
}
