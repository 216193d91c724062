// Light or dark, as the person or their system wants it.
import { applyMode, Mode } from '@cloudscape-design/global-styles';
import { useEffect, useSyncExternalStore } from 'react';
import { usePreferences } from './use-preferences.ts';

const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)');

function subscribe(listener: () => void): () => void {
  systemIsDark.addEventListener('change', listener);
  return () => systemIsDark.removeEventListener('change', listener);
}

/** Keeps the page in the theme that is wanted. */
export function useTheme(): void {
  const { theme } = usePreferences();
  const isSystemDark = useSyncExternalStore(subscribe, () => systemIsDark.matches);
  const isDark = theme === 'dark' || (theme === 'system' && isSystemDark);
  useEffect(() => {
    applyMode(isDark ? Mode.Dark : Mode.Light);
    document.documentElement.style.colorScheme = isDark ? 'dark' : 'light';
  }, [isDark]);
}
