// One saved view in the dialog: opens, renames, replaces, or deletes it.
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Input from '@cloudscape-design/components/input';
import { useState } from 'react';
import type { SavedView } from '../../../client/client.ts';
import { escapeUnsafe } from '../../../core/values/visible-text.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import type { Search } from '../search/search.ts';
import { decodeSearch, encodeSearch } from '../search/search-url.ts';
import { describeSearch } from './describe-search.ts';
import type { Views } from './use-views.ts';
import styles from './views.module.css';

export interface ViewRowProps {
  readonly view: SavedView;
  readonly views: Views;
  /** The current search of the page. */
  readonly search: Search;
  readonly onOpen: () => void;
}

export function ViewRow({ view, views, search, onOpen }: ViewRowProps) {
  const { timeZone } = usePreferences();
  const [mode, setMode] = useState<'rename' | 'delete'>();
  const [name, setName] = useState(view.name);
  const shownName = escapeUnsafe(view.name);
  const current = encodeSearch(search);
  const finish = async (work: Promise<boolean>) => {
    if (await work) setMode(undefined);
  };
  const button = (text: string, onClick: () => void, isDisabled = false) => (
    <Button
      variant="inline-link"
      ariaLabel={`${text}: ${shownName}`}
      disabled={views.isSaving || isDisabled}
      onClick={onClick}
    >
      {text}
    </Button>
  );
  return (
    <div className={styles.view}>
      <div>
        {mode === 'rename' ? (
          <Input
            value={name}
            autoFocus
            ariaLabel={`New name of ${shownName}`}
            onChange={({ detail }) => setName(detail.value)}
            onKeyDown={({ detail }) => {
              if (detail.key === 'Enter') void finish(views.change(view, { name: name.trim() }));
            }}
          />
        ) : (
          <Button variant="inline-link" ariaLabel={`Open view: ${shownName}`} onClick={onOpen}>
            {shownName}
          </Button>
        )}
        <Box color="text-body-secondary" fontSize="body-s">
          {describeSearch(decodeSearch(view.search), timeZone)}
          {view.columns !== undefined && ', with columns'}
        </Box>
      </div>
      {view.canChange && (
        <div className={styles.choices}>
          {mode === 'rename' && (
            <>
              {button(
                'Save name',
                () => void finish(views.change(view, { name: name.trim() })),
                name.trim() === '' || name.trim() === view.name,
              )}
              {button('Cancel', () => setMode(undefined))}
            </>
          )}
          {mode === 'delete' && (
            <>
              {button('Confirm deletion', () => void finish(views.remove(view)))}
              {button('Cancel', () => setMode(undefined))}
            </>
          )}
          {mode === undefined && (
            <>
              {button(
                'Replace with current search',
                () => void views.change(view, { search: current }),
                current === view.search,
              )}
              {button('Rename', () => {
                setName(view.name);
                setMode('rename');
              })}
              {button('Delete', () => setMode('delete'))}
            </>
          )}
        </div>
      )}
    </div>
  );
}
