// The target types that MayaOps has today: the first file to change when one is added. The contract takes any other type
// as well, so these names only describe, suggest and label.
import type { Kind } from './vocabulary.ts';

/** What is said of one target type. */
interface TargetType {
  readonly kind: Kind;
  /** What people call it. */
  readonly label: string;
}

/** Every target type by the name that events carry in `target.type`. */
export const targetTypes = {
  'ecs-service': { kind: 'SERVICE', label: 'ECS service' },
  rds: { kind: 'RESOURCE', label: 'RDS PostgreSQL' },
  ec: { kind: 'RESOURCE', label: 'ElastiCache Redis' },
} as const satisfies Record<string, TargetType>;

/** The names of the target types, services first. */
export const targetTypeNames = Object.keys(targetTypes) as readonly (keyof typeof targetTypes)[];

/** The names in running text: `ecs-service, rds or ec`. */
export const targetTypeExamples = `${targetTypeNames.slice(0, -1).join(', ')} or ${targetTypeNames.at(-1)}`;

/** What people call a target type; a type that is not in the list keeps its own name. */
export function labelTargetType(type: string): string {
  return Object.hasOwn(targetTypes, type) ? targetTypes[type as keyof typeof targetTypes].label : type;
}
