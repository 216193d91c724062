// What a person likes to see, remembered by the browser. It never says what is searched for: that is in the address.
import * as z from 'zod/mini';
import { timeZones } from '../time/format-time.ts';

/**
 * Columns in their usual order; the target leads to the entry and is always there. The action tells of a verdict that
 * is not plain, so that the column of verdicts is an extra one.
 */
export const columnIds = ['time', 'action', 'target', 'user', 'account', 'changes'] as const;
export type ColumnId = (typeof columnIds)[number];

/** Further columns, not shown unless somebody asks for them. */
export const extraColumnIds = ['verdict', 'environment', 'permission', 'recorded', 'id'] as const;
export type ExtraColumnId = (typeof extraColumnIds)[number];

export const pageSizes = [20, 50, 100, 200] as const;
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const allColumns = [...columnIds, ...extraColumnIds] as const;

const columnsSchema = z.array(z.object({ id: z.enum(allColumns), visible: z.boolean() }));

const preferencesSchema = z.object({
  theme: z.catch(z.enum(themes), 'system'),
  timeZone: z.catch(z.enum(timeZones), 'local'),
  density: z.catch(z.enum(['comfortable', 'compact']), 'comfortable'),
  wrapLines: z.catch(z.boolean(), true),
  pageSize: z.catch(z.literal(pageSizes), 50),
  columns: z.catch(
    z.pipe(
      columnsSchema,
      z.transform((columns) => complete(columns)),
    ),
    () => complete([]),
  ),
  panelPosition: z.catch(z.enum(['side', 'bottom']), 'side'),
});

export type Preferences = z.infer<typeof preferencesSchema>;
export type ColumnPreference = Preferences['columns'][number];

/** The preferences in a stored text. What is missing, damaged or of another release is as usual; it never fails. */
export function parsePreferences(stored: string | null): Preferences {
  return preferencesSchema.parse(toRecord(stored));
}

function toRecord(stored: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(stored ?? '{}');
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Every column once: those given as they are, the others behind them as usual. */
function complete(columns: z.infer<typeof columnsSchema>): z.infer<typeof columnsSchema> {
  const first = columns.filter(({ id }, index) => columns.findIndex((other) => other.id === id) === index);
  const rest = allColumns.filter((id) => !first.some((column) => column.id === id));
  const usual: readonly string[] = columnIds;
  return [...first, ...rest.map((id) => ({ id, visible: usual.includes(id) }))];
}
