// The pivots of the page: which entry they belong to, and the panel, which is loaded when it is first opened.
import { type ReactNode, useCallback, useState } from 'react';
import { lazyComponent } from '../loading/lazy-component.tsx';
import type { Search } from '../search/search.ts';
import type { OpenPivots } from './pivot-button.tsx';
import type { PivotPanelProps } from './pivot-panel.tsx';

const PivotPanel = lazyComponent<PivotPanelProps>(
  () => import('./pivot-panel.tsx'),
  ({ children }: { readonly children: ReactNode }) => <>{children}</>,
);

type Opened = Pick<PivotPanelProps, 'item' | 'column' | 'anchor'>;

/** Returns a function that opens the pivots of an entry, and the panel to render. */
export function usePivots(search: Search, onSearch: (search: Search) => void) {
  const [opened, setOpened] = useState<Opened>();
  const onPivot: OpenPivots = useCallback((item, column, anchor) => setOpened({ item, column, anchor }), []);
  const panel = opened && (
    <PivotPanel {...opened} search={search} onSearch={onSearch} onClose={() => setOpened(undefined)} />
  );
  return { onPivot, panel };
}
