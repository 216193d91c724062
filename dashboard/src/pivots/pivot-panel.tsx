// The panel that leads from an entry to other searches: with or without its values, around its time, or before it.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { Fragment, useLayoutEffect, useRef, useState } from 'react';
import type { ListItem } from '../../../client/client.ts';
import { escapeUnsafe } from '../../../core/values/visible-text.ts';
import type { Search } from '../search/search.ts';
import type { PivotColumn } from './pivot-button.tsx';
import {
  applyPivot,
  hourScopesOf,
  type PivotField,
  pivotFieldsOf,
  searchAround,
  searchBefore,
} from './pivot-fields.ts';
import styles from './pivots.module.css';

export interface PivotPanelProps {
  readonly item: ListItem;
  readonly column: PivotColumn;
  /** The panel opens next to this element, which gets the focus back. */
  readonly anchor: HTMLElement;
  readonly search: Search;
  readonly onSearch: (search: Search) => void;
  readonly onClose: () => void;
}

export default function PivotPanel({ item, column, anchor, search, onSearch, onClose }: PivotPanelProps) {
  const panel = useRef<HTMLDivElement>(null);
  const [message, setMessage] = useState('');
  useLayoutEffect(() => {
    const element = panel.current;
    if (element === null) return;
    element.showPopover();
    placeBeside(element, anchor);
    element.querySelector('button')?.focus();
  }, [anchor]);
  const choose = (next: Search) => {
    panel.current?.hidePopover();
    onSearch(next);
  };
  const copy = async ({ label, value }: PivotField) => {
    try {
      await navigator.clipboard.writeText(value);
      setMessage(`Copied ${label}`);
    } catch {
      setMessage('The browser blocked copying');
    }
  };
  const name = escapeUnsafe(item.target.name);
  return (
    <div
      ref={panel}
      popover="auto"
      role="dialog"
      aria-label={`Filter by values of ${name}`}
      className={styles.panel}
      onToggle={(event) => {
        if (event.newState === 'closed') onClose();
      }}
      onKeyDown={(event) => event.stopPropagation()}
    >
      <Container header={<Header variant="h2">{name}</Header>}>
        <SpaceBetween size="s">
          <div className={styles.values}>
            {pivotFieldsOf(item, column).map((field) => (
              <Fragment key={field.filter}>
                <Box variant="awsui-key-label">{field.label}</Box>
                <div className={styles.value}>{escapeUnsafe(field.text)}</div>
                <div className={styles.choices}>
                  <Choice
                    field={field}
                    verb="Include"
                    onClick={() => choose({ ...search, filters: applyPivot(search.filters, field, true) })}
                  />
                  <Choice
                    field={field}
                    verb="Exclude"
                    onClick={() => choose({ ...search, filters: applyPivot(search.filters, field, false) })}
                  />
                  <Choice field={field} verb="Copy" onClick={() => void copy(field)} />
                </div>
              </Fragment>
            ))}
          </div>
          <Links
            title="The hour before and after this"
            links={hourScopesOf(item).map(({ text, filters }) => ({
              text: escapeUnsafe(text),
              onClick: () => choose(searchAround(item, filters)),
            }))}
          />
          <Links
            title="Before this"
            links={[
              {
                text: `What changed in the hour before, by target`,
                onClick: () => choose(searchBefore(item)),
              },
            ]}
          />
          <LiveRegion>{message}</LiveRegion>
        </SpaceBetween>
      </Container>
    </div>
  );
}

interface ChoiceProps {
  readonly field: PivotField;
  readonly verb: 'Include' | 'Exclude' | 'Copy';
  readonly onClick: () => void;
}

function Choice({ field: { label, text }, verb, onClick }: ChoiceProps) {
  return (
    <Button variant="inline-link" ariaLabel={`${verb} ${label} ${escapeUnsafe(text)}`} onClick={onClick}>
      {verb}
    </Button>
  );
}

interface LinksProps {
  readonly title: string;
  readonly links: readonly { readonly text: string; readonly onClick: () => void }[];
}

function Links({ title, links }: LinksProps) {
  return (
    <div>
      <Box variant="awsui-key-label">{title}</Box>
      {links.map(({ text, onClick }) => (
        <div key={text}>
          <Button variant="inline-link" ariaLabel={`${title}: ${text}`} onClick={onClick}>
            {text}
          </Button>
        </div>
      ))}
    </div>
  );
}

/** Space between the panel, its anchor, and the edges of the window, in CSS pixels. */
const gap = 8;

/** Puts the panel below the anchor, or above it if there is more space. */
function placeBeside(panel: HTMLElement, anchor: HTMLElement): void {
  const { left, top, bottom } = anchor.getBoundingClientRect();
  const { width, height } = panel.getBoundingClientRect();
  const below = window.innerHeight - bottom - gap;
  const isBelow = below >= height || below >= top;
  const y = isBelow ? Math.min(bottom + gap, window.innerHeight - height - gap) : top - height - gap;
  panel.style.left = `${Math.max(gap, Math.min(left, window.innerWidth - width - gap))}px`;
  panel.style.top = `${Math.max(gap, y)}px`;
}
