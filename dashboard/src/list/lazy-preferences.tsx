// The preferences button of the list. It loads on demand, because the list can be shown without it.
import type { ReactNode } from 'react';
import { lazyComponent } from '../loading/lazy-component.tsx';
import type { ListPreferencesProps } from './list-preferences.tsx';

export const LazyPreferences = lazyComponent<ListPreferencesProps>(
  () => import('./list-preferences.tsx'),
  ({ children }: { readonly children: ReactNode }) => <div>{children}</div>,
);
