// The top navigation: product name, time zone, theme, help and the signed-in user.
import type { ButtonDropdownProps } from '@cloudscape-design/components/button-dropdown';
import TopNavigation, { type TopNavigationProps } from '@cloudscape-design/components/top-navigation';
import { type Theme, themes } from '../preferences/preferences.ts';
import { changePreferences, usePreferences } from '../preferences/use-preferences.ts';
import { describeAccess } from '../session/access.ts';
import { useSession } from '../session/session-provider.tsx';
import { labelZone, type TimeZone, timeZones } from '../time/format-time.ts';

const themeLabels: Readonly<Record<Theme, string>> = {
  system: 'System default',
  light: 'Light',
  dark: 'Dark',
};

/** A moon, because the list's preferences already use the gear. */
function MoonIcon() {
  return (
    <svg viewBox="0 0 16 16" focusable="false" aria-hidden="true">
      <path d="M13.5 9.9A6 6 0 0 1 6.1 2.5a6 6 0 1 0 7.4 7.4Z" strokeLinejoin="round" />
    </svg>
  );
}

export interface TopBarProps {
  readonly onHome: () => void;
  readonly onHelp: () => void;
}

export function TopBar({ onHome, onHelp }: TopBarProps) {
  const { theme, timeZone } = usePreferences();
  const { userName, access, signOut } = useSession();
  const zoneLabels: Readonly<Record<TimeZone, string>> = {
    local: `Local time (${labelZone('local')})`,
    utc: 'UTC',
  };
  const choices = <Value extends string>(
    values: readonly Value[],
    words: Readonly<Record<Value, string>>,
    chosen: Value,
  ): ButtonDropdownProps.Items =>
    values.map((id) => ({ id, text: words[id], itemType: 'checkbox', checked: id === chosen }));
  const utilities: TopNavigationProps.Utility[] = [
    {
      type: 'menu-dropdown',
      text: timeZone === 'utc' ? 'UTC' : 'Local time',
      title: 'Time zone',
      ariaLabel: `Time zone: ${zoneLabels[timeZone]}`,
      items: choices(timeZones, zoneLabels, timeZone),
      onItemClick: ({ detail }) => changePreferences({ timeZone: detail.id === 'utc' ? 'utc' : 'local' }),
    },
    {
      type: 'menu-dropdown',
      iconSvg: <MoonIcon />,
      title: 'Theme',
      ariaLabel: `Theme: ${themeLabels[theme]}`,
      items: choices(themes, themeLabels, theme),
      onItemClick: ({ detail }) =>
        changePreferences({ theme: themes.find((id) => id === detail.id) ?? 'system' }),
    },
    {
      type: 'button',
      iconName: 'keyboard',
      title: 'Help',
      ariaLabel: 'Help: keyboard shortcuts and filters',
      onClick: onHelp,
    },
    {
      type: 'menu-dropdown',
      text: userName,
      title: userName,
      description: describeAccess(access),
      iconName: 'user-profile',
      ariaLabel: `Signed in as ${userName}`,
      items: [{ id: 'sign-out', text: 'Sign out' }],
      onItemClick: signOut,
    },
  ];
  return (
    <TopNavigation
      identity={{
        href: '/',
        title: 'MayaOps',
        onFollow: (event) => {
          event.preventDefault();
          onHome();
        },
      }}
      utilities={utilities}
      i18nStrings={{ overflowMenuTriggerText: 'More', overflowMenuTitleText: 'All' }}
    />
  );
}
