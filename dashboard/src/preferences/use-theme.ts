// Applies the light or dark theme.
import { applyMode, Mode } from '@cloudscape-design/global-styles';
import { useEffect, useSyncExternalStore } from 'react';
import { usePreferences } from './use-preferences.ts';

const systemIsDark = window.matchMedia('(prefers-color-scheme: dark)');

function subscribe(listener: () => void): () => void {
  systemIsDark.addEventListener('change', listener);
  return () => systemIsDark.removeEventListener('change', listener);
}

/** Applies the preferred theme, and follows the system if that is the preference. */
export function useTheme(): void {
  const { theme } = usePreferences();
  const isSystemDark = useSyncExternalStore(subscribe, () => systemIsDark.matches);
  const isDark = theme === 'dark' || (theme === 'system' && isSystemDark);
  useEffect(() => {
    applyMode(isDark ? Mode.Dark : Mode.Light);
    document.documentElement.style.colorScheme = isDark ? 'dark' : 'light';
  }, [isDark]);
}
