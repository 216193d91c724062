// The list by target. It loads on demand, because most searches show the entries in order of time.
import type { ReactNode } from 'react';
import { lazyComponent } from '../loading/lazy-component.tsx';
import type { GroupedListProps } from './grouped-list.tsx';

export const LazyGroupedList = lazyComponent<GroupedListProps>(
  () => import('./grouped-list.tsx'),
  ({ children }: { readonly children: ReactNode }) => <div>{children}</div>,
);
