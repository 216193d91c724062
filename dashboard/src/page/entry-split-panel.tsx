// Loads the entry panel when the first entry is opened, and shows an empty panel until then.
import type { ReactNode } from 'react';
import { EntryFrame } from '../entry/entry-frame.tsx';
import type { EntryPanelProps } from '../entry/entry-panel.tsx';
import { lazyComponent } from '../loading/lazy-component.tsx';
import { fromListFilters, type Search } from '../search/search.ts';

const EntryPanel = lazyComponent<EntryPanelProps>(() => import('../entry/entry-panel.tsx'), EmptyPanel);

export interface EntrySplitPanelProps extends Omit<EntryPanelProps, 'onFilter'> {
  readonly onSearch: (search: Search) => void;
}

export function EntrySplitPanel({ onSearch, ...panel }: EntrySplitPanelProps) {
  return <EntryPanel {...panel} onFilter={(filters) => onSearch(fromListFilters(filters))} />;
}

function EmptyPanel({ children, isNarrow, onClose }: EntryPanelProps & { readonly children: ReactNode }) {
  return (
    <EntryFrame title="Entry" isNarrow={isNarrow} onClose={onClose}>
      {children}
    </EntryFrame>
  );
}
