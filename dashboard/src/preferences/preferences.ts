// Display preferences, stored by the browser. They never contain the search, which is in the URL.
import * as z from 'zod/mini';
import { timeZones } from '../time/format-time.ts';

/**
 * Default columns in order. The target links to the entry and is always shown. The Action column shows every verdict but
 * Permitted, so the Verdict column is optional.
 */
export const columnIds = ['time', 'action', 'target', 'user', 'account', 'changes'] as const;
export type ColumnId = (typeof columnIds)[number];

/** Optional columns, hidden by default. */
export const extraColumnIds = ['verdict', 'environment', 'permission', 'recorded', 'id'] as const;
export type ExtraColumnId = (typeof extraColumnIds)[number];

export const pageSizes = [20, 50, 100, 200] as const;
export const themes = ['system', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

const allColumns = [...columnIds, ...extraColumnIds] as const;

const columnsSchema = z.array(z.object({ id: z.enum(allColumns), visible: z.boolean() }));

const panelSize = z.number().check(z.minimum(1), z.maximum(10_000));

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
  isOverviewOpen: z.catch(z.boolean(), true),
  panelPosition: z.catch(z.enum(['side', 'bottom']), 'side'),
  /** Width of the panel beside the list and its height below the list, in CSS pixels. */
  panelSizes: z.catch(z.object({ side: panelSize, bottom: panelSize }), () => ({ side: 480, bottom: 400 })),
});

export type Preferences = z.infer<typeof preferencesSchema>;
export type ColumnPreference = Preferences['columns'][number];

/** Parses stored preferences. Uses defaults for missing, invalid and unknown values. Never throws. */
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

/** Returns every column once: the given ones first, then the others with their defaults. */
function complete(columns: z.infer<typeof columnsSchema>): z.infer<typeof columnsSchema> {
  const first = columns.filter(({ id }, index) => columns.findIndex((other) => other.id === id) === index);
  const rest = allColumns.filter((id) => !first.some((column) => column.id === id));
  const visibleByDefault: readonly string[] = columnIds;
  return [...first, ...rest.map((id) => ({ id, visible: visibleByDefault.includes(id) }))];
}
