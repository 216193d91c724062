// The page of one target: its state at any moment, the comparison of two moments, and its timeline. Loaded when it is first
// opened.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ContentLayout from '@cloudscape-design/components/content-layout';
import Header from '@cloudscape-design/components/header';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Toggle from '@cloudscape-design/components/toggle';
import { useEffect, useMemo, useState } from 'react';
import type { History } from '../../../client/client.ts';
import { labelTargetType } from '../../../core/contract/target-types.ts';
import { exactTerm } from '../../../core/query/filter-grammar.ts';
import { escapeUnsafe } from '../../../core/values/visible-text.ts';
import '../changes/design-colors.css';
import { PageLayout } from '../layout/page-layout.tsx';
import { navigate } from '../location/location.ts';
import { encodePage } from '../location/page-state.ts';
import { HelpDialog } from '../page/dialogs.tsx';
import { PageNotices } from '../page/page-notices.tsx';
import { TopBar } from '../page/top-bar.tsx';
import { usePreferences } from '../preferences/use-preferences.ts';
import { useTheme } from '../preferences/use-theme.ts';
import { emptySearch } from '../search/search.ts';
import type { TimeZone } from '../time/format-time.ts';
import './history.css';
import { encodeHistory, type HistoryAddress } from '../location/history-address.ts';
import { HistoryProblem } from './history-problem.tsx';
import { describeExistence } from './history-text.ts';
import { MomentField } from './moment-field.tsx';
import { MomentView } from './moment-view.tsx';
import { listMoments, listTimelineRows } from './timeline-rows.ts';
import { TimelineTable } from './timeline-table.tsx';
import { useMoment, useTimeline } from './use-history.ts';

export interface HistoryPageProps {
  readonly address: HistoryAddress;
}

export default function HistoryPage({ address }: HistoryPageProps) {
  useTheme();
  const { timeZone } = usePreferences();
  const [isHelpOpen, setHelpOpen] = useState(false);
  const timeline = useTimeline(address);
  const { history, error } = timeline;
  const name = escapeUnsafe(history?.names?.[0]?.name ?? address.target);
  useEffect(() => {
    document.title = `History of ${name} · Request Logs`;
  }, [name]);
  const home = () => navigate(encodePage({ search: emptySearch }));
  return (
    <>
      <PageLayout
        topBar={<TopBar onHome={home} onHelp={() => setHelpOpen(true)} />}
        notices={<PageNotices />}
        isText
      >
        <ContentLayout
          header={<PageHeader name={name} history={history} address={address} zone={timeZone} />}
        >
          <SpaceBetween size="l">
            <LiveRegion hidden>{history ? `History of ${name} loaded` : ''}</LiveRegion>
            {error && (
              <HistoryProblem error={error} address={address} onRetry={() => void timeline.refetch()} />
            )}
            {history && <Moments history={history} address={address} zone={timeZone} />}
            {!error && (
              <Container header={<Header variant="h2">Timeline</Header>}>
                <Timeline timeline={timeline} address={address} zone={timeZone} />
              </Container>
            )}
          </SpaceBetween>
        </ContentLayout>
      </PageLayout>
      {isHelpOpen && <HelpDialog isOpen onClose={() => setHelpOpen(false)} />}
    </>
  );
}

interface PartProps {
  readonly address: HistoryAddress;
  readonly zone: TimeZone;
}

/** The URL of the list of all entries of the target, with an entry open. */
function listOf({ target }: HistoryAddress, entryId?: string): string {
  return encodePage({ search: { ...emptySearch, filters: { target: [exactTerm(target)] } }, entryId });
}

function PageHeader({
  name,
  history,
  address,
  zone,
}: PartProps & { readonly name: string; readonly history: History | undefined }) {
  const former = (history?.names ?? []).slice(1).map((one) => escapeUnsafe(one.name));
  const { type, id, accountId, region } = history?.target ?? { id: address.target };
  const facts = [type && labelTargetType(type), escapeUnsafe(id), accountId, region];
  const isDeleted = history?.lives?.[0]?.deletedAt !== undefined;
  return (
    <Header
      variant="h1"
      description={
        <SpaceBetween size="xxs">
          <span>{facts.filter(Boolean).join(' · ')}</span>
          {former.length > 0 && <span>Formerly {[...new Set(former)].join(', ')}</span>}
          {history && (
            <StatusIndicator type={isDeleted ? 'stopped' : 'info'}>
              {describeExistence(history, zone)}
            </StatusIndicator>
          )}
        </SpaceBetween>
      }
      actions={
        <Button
          href={listOf(address)}
          onFollow={(event) => {
            event.preventDefault();
            navigate(listOf(address));
          }}
        >
          All entries
        </Button>
      }
    >
      History of {name}
    </Header>
  );
}

function Timeline({
  timeline,
  address,
  zone,
}: PartProps & { readonly timeline: ReturnType<typeof useTimeline> }) {
  const { history, isFetching, hasMore, loadMore } = timeline;
  const rows = useMemo(() => (history ? listTimelineRows(history) : []), [history]);
  return (
    <TimelineTable
      rows={rows}
      zone={zone}
      isLoading={isFetching}
      hasMore={hasMore}
      shownId={undefined}
      hrefOf={(id) => listOf(address, id)}
      onLoadMore={() => void loadMore()}
      onShow={(at) => showMoment({ ...address, at, from: undefined })}
      onCompare={(from) => showMoment({ ...address, from })}
    />
  );
}

/** Shows a moment. Adds no step to the browser history, because the slider passes many moments. */
function showMoment(address: HistoryAddress): void {
  navigate(encodeHistory(address), { replace: true });
}

function Moments({ history, address, zone }: PartProps & { readonly history: History }) {
  const moments = useMemo(() => listMoments(history), [history]);
  const newest = moments.at(-1)?.timestamp ?? address.knownAt ?? history.searchedThrough;
  const { at = newest, from } = address;
  const { data, error, isFetching, refetch } = useMoment(address, at);
  const isComparing = from !== undefined;
  const oldest = moments[0]?.timestamp ?? at;
  return (
    <Container
      header={
        <Header
          variant="h2"
          actions={
            <Toggle
              checked={isComparing}
              onChange={({ detail }) =>
                showMoment({
                  ...address,
                  at,
                  from: detail.checked ? previousOf(moments, at, oldest) : undefined,
                })
              }
            >
              Compare two moments
            </Toggle>
          }
        >
          {isComparing ? 'Comparison' : 'State'}
        </Header>
      }
    >
      <div className="design-colors">
        <SpaceBetween size="l">
          {isComparing && (
            <MomentField
              label="From"
              time={from}
              moments={moments}
              zone={zone}
              onChange={(time) => showMoment({ ...address, at, from: time })}
            />
          )}
          <MomentField
            label={isComparing ? 'To' : 'Moment'}
            time={at}
            moments={moments}
            zone={zone}
            onChange={(time) => showMoment({ ...address, at: time })}
          />
          {error ? (
            <HistoryProblem error={error} address={address} onRetry={() => void refetch()} />
          ) : data ? (
            <div aria-busy={isFetching}>
              <MomentView history={data} zone={zone} />
            </div>
          ) : (
            <Box textAlign="center">
              <Spinner /> Loading
            </Box>
          )}
          {!history.complete && (
            <Alert type="info">
              The slider covers only the entries that are loaded. For an earlier time, load older entries
              below or enter a date.
            </Alert>
          )}
        </SpaceBetween>
      </div>
    </Container>
  );
}

/** The action before the moment, which is the most likely one to compare with. */
function previousOf(moments: ReturnType<typeof listMoments>, at: string, oldest: string): string {
  const earlier = moments.filter(({ timestamp }) => Date.parse(timestamp) < Date.parse(at));
  return earlier.at(-1)?.timestamp ?? oldest;
}
