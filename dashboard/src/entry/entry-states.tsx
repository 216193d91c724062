// Shows what an entry's action changed, and the complete states before and after it.
import Box from '@cloudscape-design/components/box';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import SegmentedControl from '@cloudscape-design/components/segmented-control';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { useMemo, useState } from 'react';
import type { Entry } from '../../../client/client.ts';
import { displayableChanges } from '../../../core/changes/displayable-changes.ts';
import { splitAtMarkers } from '../../../core/redaction/text/markers.ts';
import { toJsonText } from '../../../core/values/exact-number.ts';
import { DiffTable, type DiffView } from '../changes/diff-table.tsx';
import { diffStates, stateTree } from '../changes/diff-tree.ts';
import { titleChanges } from './entry-text.ts';

/** How changes are shown. Kept when another entry is opened. */
export interface DiffOptions {
  readonly view: DiffView;
  readonly isCollapsing: boolean;
}

interface ChangesProps {
  readonly entry: Entry;
  readonly choice: DiffOptions;
  readonly onChoose: (choice: DiffOptions) => void;
}

export function EntryChanges({ entry, choice, onChoose }: ChangesProps) {
  const changes = useMemo(() => displayableChanges(entry), [entry]);
  const nodes = useMemo(() => (changes ? diffStates({ ...entry, changes }) : []), [entry, changes]);
  const hasSecrets = useMemo(() => {
    const shown = entry.action === 'UPDATE' ? (changes ?? []) : [entry.before, entry.after];
    return splitAtMarkers(JSON.stringify(shown)).length > 1;
  }, [entry, changes]);
  const isUpdate = entry.action === 'UPDATE';
  const title = titleChanges({ ...entry, changeCount: changes?.length ?? entry.changeCount });
  return (
    <section>
      <SpaceBetween size="xs">
        <Header variant="h3">{title}</Header>
        {isUpdate && changes !== undefined && (
          <div className="entry-choices">
            <SegmentedControl
              label="View"
              selectedId={choice.view}
              options={[
                { id: 'inline', text: 'Inline' },
                { id: 'side-by-side', text: 'Side by side' },
              ]}
              onChange={({ detail }) =>
                onChoose({ ...choice, view: detail.selectedId === 'inline' ? 'inline' : 'side-by-side' })
              }
            />
            <Toggle
              checked={choice.isCollapsing}
              onChange={({ detail }) => onChoose({ ...choice, isCollapsing: detail.checked })}
            >
              Hide unchanged fields
            </Toggle>
          </div>
        )}
        {hasSecrets && (
          <Box color="text-body-secondary" fontSize="body-s">
            Redacted values are secrets that were removed before the entry was stored. In this entry, the same
            number means the same value and different numbers mean different values. The numbers have no other
            meaning.
          </Box>
        )}
        {changes === undefined && (
          <Box color="text-body-secondary">
            There are too many changes to show here. To compare them, copy the complete states below.
          </Box>
        )}
        {nodes.length > 0 && (
          <DiffTable
            key={entry.id}
            nodes={nodes}
            view={isUpdate ? choice.view : 'state'}
            caption={title}
            sides={entry.decision === 'DENIED' ? ['Unchanged', 'Requested'] : ['Before', 'After']}
            isCollapsing={isUpdate && choice.isCollapsing}
          />
        )}
      </SpaceBetween>
    </section>
  );
}

/** Expandable view of one complete state. Rendered when it is first expanded. */
export function FullState({ title, state }: { readonly title: string; readonly state: unknown }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <ExpandableSection
      headerText={title}
      expanded={isOpen}
      onChange={({ detail }) => setOpen(detail.expanded)}
      headerActions={isOpen && <CopyState title={title} state={state} />}
    >
      {isOpen && <StateTable title={title} state={state} />}
    </ExpandableSection>
  );
}

function StateTable({ title, state }: { readonly title: string; readonly state: unknown }) {
  const nodes = useMemo(() => stateTree(state), [state]);
  return <DiffTable nodes={nodes} view="state" caption={title} isCollapsing={false} />;
}

function CopyState({ title, state }: { readonly title: string; readonly state: unknown }) {
  const json = useMemo(() => toJsonText(state, 2), [state]);
  return (
    <CopyToClipboard
      variant="icon"
      textToCopy={json}
      copyButtonAriaLabel={`Copy as JSON: ${title}`}
      copySuccessText="JSON copied"
      copyErrorText="The browser blocked copying"
    />
  );
}
