// A button of the top bar that opens a menu. Follows the menu button pattern of the ARIA Authoring Practices Guide.
import Icon from '@cloudscape-design/components/icon';
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import styles from './top-bar.module.css';

export interface MenuItem {
  readonly id: string;
  readonly text: string;
  /** Whether the item is the chosen one. Without it, the item is an action. */
  readonly isChosen?: boolean;
}

export interface MenuProps {
  /** The accessible name of the button. Contains its text. */
  readonly label: string;
  /** The name of the menu, and the tooltip of its button. */
  readonly title: string;
  readonly icon?: ReactNode;
  readonly text?: string;
  /** Hides the text on a narrow screen, where the icon is enough. @default false */
  readonly isTextOptional?: boolean;
  /** Shown above the items. */
  readonly description?: string | undefined;
  readonly items: readonly MenuItem[];
  readonly onChoose: (id: string) => void;
}

export function Menu({ label, title, icon, text, isTextOptional, description, items, onChoose }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const id = useId();
  const close = () => {
    setOpen(false);
    root.current?.querySelector('button')?.focus();
  };
  useEffect(() => {
    const found = itemsOf(root.current);
    (found.find((item) => item.getAttribute('aria-checked') === 'true') ?? found[0])?.focus();
    if (!isOpen) return;
    const closeOutside = ({ target }: Event) => {
      if (!(target instanceof Node && root.current?.contains(target))) setOpen(false);
    };
    document.addEventListener('focusin', closeOutside);
    document.addEventListener('pointerdown', closeOutside);
    return () => {
      document.removeEventListener('focusin', closeOutside);
      document.removeEventListener('pointerdown', closeOutside);
    };
  }, [isOpen]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Tab') return setOpen(false);
    const next = itemAfterKey(event.key, itemsOf(root.current));
    if (next === undefined && event.key !== 'Escape') return;
    event.preventDefault();
    if (next === undefined) close();
    else next.focus();
  };
  return (
    <div ref={root} className={styles.menu}>
      <button
        type="button"
        className={styles.button}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        aria-label={label}
        title={title}
        onClick={() => setOpen(!isOpen)}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
          event.preventDefault();
          setOpen(true);
        }}
      >
        {icon}
        {text !== undefined && <span className={isTextOptional ? styles.optional : undefined}>{text}</span>}
        {text !== undefined && <Icon name={isOpen ? 'caret-up-filled' : 'caret-down-filled'} />}
      </button>
      {isOpen && (
        <div className={styles.list}>
          {description !== undefined && <p className={styles.description}>{description}</p>}
          <div id={id} role="menu" aria-label={title} tabIndex={-1} onKeyDown={onKeyDown}>
            {items.map((item) => (
              <button
                key={item.id}
                type="button"
                {...(item.isChosen === undefined
                  ? { role: 'menuitem' }
                  : { role: 'menuitemradio', 'aria-checked': item.isChosen })}
                tabIndex={-1}
                className={styles.item}
                onClick={() => {
                  close();
                  onChoose(item.id);
                }}
              >
                {item.isChosen !== undefined && (
                  <span className={styles.check}>{item.isChosen && <Icon name="check" />}</span>
                )}
                {item.text}
              </button>
            ))}
          </div>
        </div>
      )}
    </div>
  );
}

function itemsOf(root: HTMLElement | null): HTMLElement[] {
  return [...(root?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
}

/** Returns the item that has the focus after a key press, or `undefined` for another key. */
function itemAfterKey(key: string, items: readonly HTMLElement[]): HTMLElement | undefined {
  const at = items.indexOf(document.activeElement as HTMLElement);
  if (key === 'ArrowDown') return items[(at + 1) % items.length];
  if (key === 'ArrowUp') return items.at(at <= 0 ? -1 : at - 1);
  if (key === 'Home') return items[0];
  return key === 'End' ? items.at(-1) : undefined;
}
