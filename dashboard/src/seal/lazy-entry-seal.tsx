// Loads the verification when the first entry is shown. Keeps its place, so that the entry does not move.
import type { ReactNode } from 'react';
import { lazyComponent } from '../loading/lazy-component.tsx';
import type { EntrySealProps } from './entry-seal.tsx';

export const LazyEntrySeal = lazyComponent<EntrySealProps>(
  () => import('./entry-seal.tsx'),
  ({ children }: { readonly children: ReactNode }) => <div className="seal-place">{children}</div>,
);
