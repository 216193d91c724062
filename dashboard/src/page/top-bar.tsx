// The top navigation: product name, time zone, theme, help and the signed-in user.
import Icon from '@cloudscape-design/components/icon';
import { type Theme, themes } from '../preferences/preferences.ts';
import { changePreferences, usePreferences } from '../preferences/use-preferences.ts';
import { describeAccess } from '../session/access.ts';
import { useSession } from '../session/session-provider.tsx';
import { labelZone, type TimeZone, timeZones } from '../time/format-time.ts';
import { Menu } from './menu.tsx';
import styles from './top-bar.module.css';

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
  return (
    <header className={styles.bar}>
      <a
        href="/"
        className={styles.home}
        onClick={(event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return;
          event.preventDefault();
          onHome();
        }}
      >
        MayaOps
      </a>
      <div className={styles.utilities}>
        <Menu
          label={`Time zone: ${zoneLabels[timeZone]}`}
          title="Time zone"
          text={timeZone === 'utc' ? 'UTC' : 'Local time'}
          items={timeZones.map((id) => ({ id, text: zoneLabels[id], isChosen: id === timeZone }))}
          onChoose={(id) => changePreferences({ timeZone: id === 'utc' ? 'utc' : 'local' })}
        />
        <Menu
          label={`Theme: ${themeLabels[theme]}`}
          title="Theme"
          icon={<MoonIcon />}
          items={themes.map((id) => ({ id, text: themeLabels[id], isChosen: id === theme }))}
          onChoose={(chosen) => changePreferences({ theme: themes.find((id) => id === chosen) ?? 'system' })}
        />
        <button
          type="button"
          className={styles.button}
          aria-label="Help: keyboard shortcuts and filters"
          title="Help"
          onClick={onHelp}
        >
          <Icon name="keyboard" />
        </button>
        <Menu
          label={`Signed in as ${userName}`}
          title={userName}
          icon={<Icon name="user-profile" />}
          text={userName}
          isTextOptional
          description={describeAccess(access)}
          items={[{ id: 'sign-out', text: 'Sign out' }]}
          onChoose={signOut}
        />
      </div>
    </header>
  );
}
