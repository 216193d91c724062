// The dialog of saved views: opens, saves, renames, and deletes them, and copies links to the current search.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import type { SavedView } from '../../../client/client.ts';
import { parsePreferences } from '../preferences/preferences.ts';
import { changePreferences } from '../preferences/use-preferences.ts';
import type { Search } from '../search/search.ts';
import { decodeSearch } from '../search/search-url.ts';
import { CopyLinks } from './copy-links.tsx';
import { SaveView } from './save-view.tsx';
import { useViews } from './use-views.ts';
import { ViewRow } from './view-row.tsx';

export interface ViewsDialogProps {
  readonly isOpen: boolean;
  readonly search: Search;
  readonly onSearch: (search: Search) => void;
  readonly onClose: () => void;
}

export default function ViewsDialog({ isOpen, search, onSearch, onClose }: ViewsDialogProps) {
  const views = useViews();
  const open = (view: SavedView) => {
    if (view.columns !== undefined) changePreferences({ columns: columnsOf(view.columns) });
    onClose();
    onSearch(decodeSearch(view.search));
  };
  return (
    <Modal visible={isOpen} onDismiss={onClose} header="Saved views" closeAriaLabel="Close" size="large">
      <SpaceBetween size="l">
        {views.problem !== undefined && <Alert type="error">{views.problem}</Alert>}
        {views.isLoading ? (
          <StatusIndicator type="loading">Loading saved views</StatusIndicator>
        ) : (
          <ViewRows views={views} search={search} onOpen={open} />
        )}
        <SaveView views={views} search={search} />
        <CopyLinks search={search} />
      </SpaceBetween>
    </Modal>
  );
}

interface ViewRowsProps {
  readonly views: ReturnType<typeof useViews>;
  readonly search: Search;
  readonly onOpen: (view: SavedView) => void;
}

function ViewRows({ views, search, onOpen }: ViewRowsProps) {
  const places = [
    { title: 'Your views', shown: views.views.filter(({ shared }) => !shared) },
    { title: 'Shared in your organization', shown: views.views.filter(({ shared }) => shared) },
  ];
  return (
    <>
      {places.map(({ title, shown }) => (
        <section key={title} aria-label={title}>
          <Header variant="h3" counter={`(${shown.length})`}>
            {title}
          </Header>
          {shown.length === 0 && <Box color="text-body-secondary">None</Box>}
          {shown.map((view) => (
            <ViewRow key={view.id} view={view} views={views} search={search} onOpen={() => onOpen(view)} />
          ))}
        </section>
      ))}
    </>
  );
}

/** The given columns first and visible, and the others hidden. Ignores columns that the page does not have. */
function columnsOf(ids: readonly string[]) {
  const given = ids.map((id) => ({ id, visible: true }));
  const known = parsePreferences(null).columns.map(({ id }) => id);
  const valid = given.flatMap(({ id }) => known.filter((one) => one === id));
  const hidden = known.filter((id) => !valid.includes(id));
  return [
    ...valid.map((id) => ({ id, visible: true })),
    // The target links to the entry and is always shown.
    ...hidden.map((id) => ({ id, visible: id === 'target' })),
  ];
}
