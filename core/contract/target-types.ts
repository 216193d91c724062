// Lists the target types of MayaOps. To add a target type, start here. The contract accepts any other type too; these
// names are only for descriptions, suggestions and labels.
import type { Kind } from './vocabulary.ts';

interface TargetType {
  readonly kind: Kind;
  /** The display name. */
  readonly label: string;
}

/** The target types, keyed by the value of `target.type` in events. */
export const targetTypes = {
  'ecs-service': { kind: 'SERVICE', label: 'ECS service' },
  rds: { kind: 'RESOURCE', label: 'RDS PostgreSQL' },
  ec: { kind: 'RESOURCE', label: 'ElastiCache Redis' },
} as const satisfies Record<string, TargetType>;

/** The names of the target types, services first. */
export const targetTypeNames = Object.keys(targetTypes) as readonly (keyof typeof targetTypes)[];

/** The names as text: `ecs-service, rds or ec`. */
export const targetTypeExamples = `${targetTypeNames.slice(0, -1).join(', ')} or ${targetTypeNames.at(-1)}`;

/** Returns the display name of a target type, or the type itself if it is not in the list. */
export function labelTargetType(type: string): string {
  return Object.hasOwn(targetTypes, type) ? targetTypes[type as keyof typeof targetTypes].label : type;
}
