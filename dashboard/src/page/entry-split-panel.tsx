// Loads the entry panel when the first entry is opened, and shows an empty panel until then.
import type { ReactNode } from 'react';
import { EntryFrame } from '../entry/entry-frame.tsx';
import type { EntryPanelProps } from '../entry/entry-panel.tsx';
import { lazyComponent } from '../loading/lazy-component.tsx';

export const EntrySplitPanel = lazyComponent<EntryPanelProps>(
  () => import('../entry/entry-panel.tsx'),
  EmptyPanel,
);

function EmptyPanel({ children, isNarrow, onClose }: EntryPanelProps & { readonly children: ReactNode }) {
  return (
    <EntryFrame title="Entry" isNarrow={isNarrow} onClose={onClose}>
      {children}
    </EntryFrame>
  );
}
