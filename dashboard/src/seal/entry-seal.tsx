// Shows whether the open entry is in the sealed log, as verified in this browser. Loaded with the first entry.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Entry } from '../../../client/client.ts';
import { useApi } from '../api/api-provider.tsx';
import { describeProblem } from '../api/problem.ts';
import { SafeText } from '../changes/value-text.tsx';
import { serverClock } from '../network/use-server-clock.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import { useSession } from '../session/session-provider.tsx';
import { formatTime } from '../time/format-time.ts';
import { openSealMemories } from './seal-memory.ts';
import type { SealStep, SealVerdict } from './seal-verdict.ts';
import { verifySeal } from './verify-seal.ts';

export interface EntrySealProps {
  readonly entry: Entry;
  /** The ID that was asked for. */
  readonly entryId: string;
}

/** How often an entry that waits is verified again. */
const waitingMillis = 5_000;

const memories = openSealMemories();

export default function EntrySeal(props: EntrySealProps) {
  const { access } = useSession();
  if (access.accounts === undefined) return <VerifiedSeal {...props} />;
  return (
    <Box color="text-body-secondary" fontSize="body-s">
      Verification is not available because your access is limited to AWS accounts. The place of an entry in
      the log would show how many entries other accounts have.
    </Box>
  );
}

function VerifiedSeal({ entry, entryId }: EntrySealProps) {
  const client = useApi();
  const { access } = useSession();
  const [acceptedKey, acceptKey] = useState<string>();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['seal', entryId, entry.contentHash, acceptedKey],
    queryFn: ({ signal }) =>
      verifySeal(entry, entryId, {
        client,
        memories,
        organizationId: access.organization,
        now: () => serverClock.now(),
        acceptedKey,
        signal,
      }),
    // Every time that the entry is opened, it is verified again.
    gcTime: 0,
    refetchInterval: ({ state }) => (state.data?.status === 'waiting' ? waitingMillis : false),
  });
  if (data !== undefined) return <Verdict verdict={data} onAcceptKey={acceptKey} />;
  if (error === null) return <StatusIndicator type="loading">Verifying</StatusIndicator>;
  return (
    <SpaceBetween size="xs" direction="horizontal">
      <StatusIndicator type="warning">Not verified: {describeProblem(error).title}</StatusIndicator>
      <Button variant="inline-link" loading={isFetching} onClick={() => void refetch()}>
        Try again
      </Button>
    </SpaceBetween>
  );
}

interface VerdictProps {
  readonly verdict: SealVerdict;
  readonly onAcceptKey: (key: string) => void;
}

function Verdict({ verdict, onAcceptKey }: VerdictProps) {
  const { timeZone } = usePreferences();
  switch (verdict.status) {
    case 'verified': {
      const index = verdict.index.toLocaleString('en');
      return (
        <div>
          <StatusIndicator type="success">
            <span className="seal-text">
              Sealed at <SafeText text={formatSealTime(verdict.sealedAt, timeZone)} />, entry {index}.
              Verified in this browser
            </span>
          </StatusIndicator>
          <ExpandableSection headerText="How this was verified">
            <Steps steps={verdict.steps} />
          </ExpandableSection>
        </div>
      );
    }
    case 'waiting':
      return (
        <StatusIndicator type="pending">
          Waiting to be sealed. This usually takes one to two minutes
        </StatusIndicator>
      );
    case 'unsupported':
      return <StatusIndicator type="warning">Not verified. {verdict.advice}</StatusIndicator>;
    case 'failed':
      return <Failed verdict={verdict} onAcceptKey={onAcceptKey} />;
  }
}

interface FailedProps extends VerdictProps {
  readonly verdict: Extract<SealVerdict, { readonly status: 'failed' }>;
}

function Failed({ verdict: { title, advice, steps, newKey }, onAcceptKey }: FailedProps) {
  return (
    <>
      <LiveRegion hidden assertive>
        {title}
      </LiveRegion>
      <Alert
        type="error"
        header={title}
        action={
          newKey !== undefined && <Button onClick={() => onAcceptKey(newKey)}>Accept the new key</Button>
        }
      >
        <div>
          <SafeText text={advice} />
        </div>
        <ExpandableSection headerText="What was checked">
          <Steps steps={steps} />
        </ExpandableSection>
      </Alert>
    </>
  );
}

const indicatorTypes = { passed: 'success', failed: 'error', 'not-checked': 'stopped' } as const;

function Steps({ steps }: { readonly steps: readonly SealStep[] }) {
  return (
    <ol className="seal-steps">
      {steps.map(({ title, status, detail }) => (
        <li key={title}>
          <StatusIndicator type={indicatorTypes[status]}>{title}</StatusIndicator>
          <Box color="text-body-secondary" fontSize="body-s">
            <span className="entry-fact">
              <SafeText text={detail} />
            </span>
          </Box>
        </li>
      ))}
    </ol>
  );
}

/** The API's time, or its text if it is not a time. */
function formatSealTime(time: string, zone: Parameters<typeof formatTime>[1]): string {
  return Number.isNaN(Date.parse(time)) ? time : formatTime(time, zone);
}
