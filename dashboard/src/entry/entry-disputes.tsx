// Warns that other events arrived with the identity of the entry, and shows what differs.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Entry } from '../../../client/client.ts';
import { toJsonText } from '../../../core/values/exact-number.ts';
import { LongText, SafeText } from '../changes/value-text.tsx';
import { usePreferences } from '../preferences/use-preferences.ts';
import { formatExactTime } from '../time/format-time.ts';
import { type Dispute, describeGap, describeSender, titleOf } from './dispute-text.ts';

/** Shows nothing if no event disputes the entry. */
export function EntryDisputes({ entry: { disputes = [] } }: { readonly entry: Pick<Entry, 'disputes'> }) {
  if (disputes.length === 0) return null;
  return (
    <Alert type="warning" header={titleOf(disputes.length)}>
      <SpaceBetween size="s">
        <div>This log cannot tell which event is true. The entry is the one that arrived first.</div>
        {disputes.map((dispute, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: disputes never change order
          <OneDispute key={place} dispute={dispute} />
        ))}
      </SpaceBetween>
    </Alert>
  );
}

function OneDispute({ dispute }: { readonly dispute: Dispute }) {
  const { timeZone } = usePreferences();
  const { recordedAt, differences = [] } = dispute;
  const gap = describeGap(dispute);
  return (
    <div>
      <SafeText text={describeSender(dispute, recordedAt && formatExactTime(recordedAt, timeZone))} />
      {gap !== undefined && <div>{gap}</div>}
      {differences.length > 0 && (
        <ExpandableSection headerText={`What differs (${differences.length})`}>
          <ul>
            {differences.map(({ path, before, after }) => (
              <li key={path}>
                <Box variant="code">
                  <SafeText text={path} />
                </Box>
                : <Value value={before} /> in this entry, <Value value={after} /> in the other event
              </li>
            ))}
          </ul>
        </ExpandableSection>
      )}
    </div>
  );
}

function Value({ value }: { readonly value: unknown }) {
  return value === undefined ? 'absent' : <LongText text={toJsonText(value)} />;
}
