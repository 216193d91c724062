// What an entry's action did: the differences, and both states whole.
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
import { DiffTable, type DiffView } from '../changes/diff-table.tsx';
import { diffStates, stateTree } from '../changes/diff-tree.ts';
import { titleChanges } from './entry-text.ts';

/** How the differences are shown; kept while going from entry to entry. */
export interface DiffChoice {
  readonly view: DiffView;
  readonly isFolding: boolean;
}

interface ChangesProps {
  readonly entry: Entry;
  readonly choice: DiffChoice;
  readonly onChoose: (choice: DiffChoice) => void;
}

export function EntryChanges({ entry, choice, onChoose }: ChangesProps) {
  const changes = useMemo(() => displayableChanges(entry), [entry]);
  const nodes = useMemo(() => (changes ? diffStates({ ...entry, changes }) : []), [entry, changes]);
  const hasSecrets = useMemo(
    () => entry.action === 'UPDATE' && splitAtMarkers(JSON.stringify(changes ?? [])).length > 1,
    [entry, changes],
  );
  const isUpdate = entry.action === 'UPDATE';
  const title = titleChanges(entry);
  return (
    <section>
      <SpaceBetween size="xs">
        <Header variant="h3">{title}</Header>
        {isUpdate && changes !== undefined && (
          <div className="entry-choices">
            <SegmentedControl
              label="How changes are shown"
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
              checked={choice.isFolding}
              onChange={({ detail }) => onChoose({ ...choice, isFolding: detail.checked })}
            >
              Fold what did not change
            </Toggle>
          </div>
        )}
        {hasSecrets && (
          <Box color="text-body-secondary" fontSize="body-s">
            Redacted values with different numbers differ, those with equal numbers are equal. The numbers
            tell nothing else, such as which came first.
          </Box>
        )}
        {changes === undefined && (
          <Box color="text-body-secondary">
            These are too many to be laid out. Both states are whole below, to be copied and compared.
          </Box>
        )}
        {nodes.length > 0 && (
          <DiffTable
            key={entry.id}
            nodes={nodes}
            view={isUpdate ? choice.view : 'state'}
            caption={title}
            isFolding={isUpdate && choice.isFolding}
          />
        )}
      </SpaceBetween>
    </section>
  );
}

/** One state whole, as a tree; made when it is opened. */
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
  return <DiffTable nodes={nodes} view="state" caption={title} isFolding={false} />;
}

function CopyState({ title, state }: { readonly title: string; readonly state: unknown }) {
  const json = useMemo(() => JSON.stringify(state, null, 2), [state]);
  return (
    <CopyToClipboard
      variant="icon"
      textToCopy={json}
      copyButtonAriaLabel={`Copy as JSON: ${title}`}
      copySuccessText="JSON copied"
      copyErrorText="The browser did not allow it"
    />
  );
}
