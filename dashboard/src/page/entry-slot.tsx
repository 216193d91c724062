// The place beside the list where the open entry stands; its view is loaded with the first one.
import SplitPanel from '@cloudscape-design/components/split-panel';
import type { ReactNode } from 'react';
import type { EntryPanelProps } from '../entry/entry-panel.tsx';
import { fromListFilters, type Search } from '../search/search.ts';
import { lazyPart } from './lazy-part.tsx';

const EntryPanel = lazyPart<EntryPanelProps>(() => import('../entry/entry-panel.tsx'), EmptyPanel);

export interface EntrySlotProps extends Omit<EntryPanelProps, 'onFilter'> {
  readonly onSearch: (search: Search) => void;
}

export function EntrySlot({ onSearch, ...panel }: EntrySlotProps) {
  return <EntryPanel {...panel} onFilter={(filters) => onSearch(fromListFilters(filters))} />;
}

function EmptyPanel({ children }: { readonly children: ReactNode }) {
  return (
    <SplitPanel header="Entry" closeBehavior="hide">
      {children}
    </SplitPanel>
  );
}
