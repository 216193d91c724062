// Shows the state of a target at a moment, or the difference between two moments.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import CopyToClipboard from '@cloudscape-design/components/copy-to-clipboard';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useMemo } from 'react';
import type { History, StateAt, StateDiff } from '../../../client/client.ts';
import { toJsonText } from '../../../core/values/exact-number.ts';
import { DiffTable } from '../changes/diff-table.tsx';
import { diffStates, stateTree } from '../changes/diff-tree.ts';
import { formatExactTime, type TimeZone } from '../time/format-time.ts';
import { describeBasis, describePartial } from './history-text.ts';

export interface MomentViewProps {
  readonly history: Pick<History, 'at' | 'diff'>;
  readonly zone: TimeZone;
}

export function MomentView({ history: { at, diff }, zone }: MomentViewProps) {
  if (diff !== undefined) return <Difference diff={diff} zone={zone} />;
  return at === undefined ? null : <State state={at} zone={zone} />;
}

function State({ state, zone }: { readonly state: StateAt; readonly zone: TimeZone }) {
  const nodes = useMemo(() => stateTree(state.state), [state]);
  const json = useMemo(() => toJsonText(state.state ?? null, 2), [state]);
  return (
    <SpaceBetween size="s">
      <StateNotes states={[state]} zone={zone} />
      {state.state !== undefined && (
        <>
          <CopyToClipboard
            textToCopy={json}
            copyButtonText="Copy as JSON"
            copySuccessText="JSON copied"
            copyErrorText="The browser blocked copying"
          />
          <DiffTable
            key={state.entryId}
            nodes={nodes}
            view="state"
            caption={`State at ${formatExactTime(state.time, zone)}`}
            isCollapsing={false}
          />
        </>
      )}
    </SpaceBetween>
  );
}

function Difference({ diff, zone }: { readonly diff: StateDiff; readonly zone: TimeZone }) {
  const { from, to, changes, omitted } = diff;
  const nodes = useMemo(
    () => diffStates({ before: from.state, after: to.state, changes }),
    [from, to, changes],
  );
  const isSame = from.state !== undefined && to.state !== undefined && changes.length === 0;
  return (
    <SpaceBetween size="s">
      <StateNotes states={[from, to]} zone={zone} />
      {omitted !== undefined && (
        <Alert type="info">The states are too large to compare here. Show one state at a time.</Alert>
      )}
      {isSame && <Box>There is no difference between the two moments.</Box>}
      {nodes.length > 0 && !isSame && (
        <DiffTable
          key={`${from.entryId} ${to.entryId}`}
          nodes={nodes}
          view="side-by-side"
          caption="Differences between the two moments"
          sides={[formatExactTime(from.time, zone), formatExactTime(to.time, zone)]}
          isCollapsing={from.state !== undefined && to.state !== undefined}
        />
      )}
    </SpaceBetween>
  );
}

/** Says for each state where it comes from and what it lacks. */
function StateNotes({ states, zone }: { readonly states: readonly StateAt[]; readonly zone: TimeZone }) {
  const notes = new Set(states.flatMap((state) => describePartial(state) ?? []));
  return (
    <Box color="text-body-secondary">
      {states.map((state) => (
        <div key={state.time}>
          {states.length > 1 && `${formatExactTime(state.time, zone)}: `}
          {describeBasis(state, zone)}
        </div>
      ))}
      {[...notes].map((note) => (
        <div key={note}>{note}</div>
      ))}
    </Box>
  );
}
