// Preferences dialog for columns, density and page size. Without columns on narrow screens.
import CollectionPreferences from '@cloudscape-design/components/collection-preferences';
import { type ColumnPreference, columnIds, extraColumnIds, pageSizes } from '../preferences/preferences.ts';
import { changePreferences, usePreferences } from '../preferences/use-preferences.ts';
import { columnLabels } from './columns.tsx';

export interface ListPreferencesProps {
  readonly hasColumns: boolean;
}

export default function ListPreferences({ hasColumns }: ListPreferencesProps) {
  const { density, wrapLines, pageSize, columns } = usePreferences();
  return (
    <CollectionPreferences
      title="Preferences"
      confirmLabel="Confirm"
      cancelLabel="Cancel"
      preferences={{ contentDensity: density, wrapLines, pageSize, contentDisplay: columns }}
      pageSizePreference={{
        title: 'Entries per page',
        options: pageSizes.map((value) => ({ value, label: `${value} entries` })),
      }}
      wrapLinesPreference={{
        label: 'Wrap lines',
        description: 'Show the full text of each cell on multiple lines.',
      }}
      contentDensityPreference={{ label: 'Compact', description: 'Show more entries on the screen.' }}
      {...(hasColumns && {
        contentDisplayPreference: {
          title: 'Columns',
          description: 'Choose which columns to show and in which order.',
          options: [...columnIds, ...extraColumnIds].map((id) => ({
            id,
            label: columnLabels[id],
            alwaysVisible: id === 'target',
          })),
        },
      })}
      onConfirm={({ detail }) =>
        changePreferences({
          density: detail.contentDensity ?? density,
          wrapLines: detail.wrapLines ?? wrapLines,
          pageSize: pageSizes.find((size) => size === detail.pageSize) ?? pageSize,
          columns: (detail.contentDisplay ?? columns) as ColumnPreference[],
        })
      }
    />
  );
}
