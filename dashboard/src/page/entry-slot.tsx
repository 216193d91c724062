// The place beside the list where the open entry stands; its view is loaded with the first one.
import Box from '@cloudscape-design/components/box';
import Spinner from '@cloudscape-design/components/spinner';
import SplitPanel from '@cloudscape-design/components/split-panel';
import { lazy, Suspense } from 'react';
import type { EntryPanelProps } from '../entry/entry-panel.tsx';
import { fromListFilters, type Search } from '../search/search.ts';

const EntryPanel = lazy(() => import('../entry/entry-panel.tsx'));

export interface EntrySlotProps extends Omit<EntryPanelProps, 'onFilter'> {
  readonly onSearch: (search: Search) => void;
}

export function EntrySlot({ onSearch, ...panel }: EntrySlotProps) {
  return (
    <Suspense
      fallback={
        <SplitPanel header="Entry" closeBehavior="hide">
          <Box textAlign="center" color="text-body-secondary">
            <Spinner /> Loading
          </Box>
        </SplitPanel>
      }
    >
      <EntryPanel {...panel} onFilter={(filters) => onSearch(fromListFilters(filters))} />
    </Suspense>
  );
}
