// Warns that new entries cannot be loaded. Disappears when they can be again.
import LiveRegion from '@cloudscape-design/components/live-region';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { formatTime, type TimeZone } from '../time/format-time.ts';
import { describeOutage, type Outage } from './outage.ts';

export interface OutageNoticeProps {
  readonly outage: Outage | undefined;
  readonly zone: TimeZone;
}

export function OutageNotice({ outage, zone }: OutageNoticeProps) {
  const text =
    outage === undefined ? undefined : describeOutage(outage, formatTime(outage.sinceMillis, zone));
  return (
    <LiveRegion>{text !== undefined && <StatusIndicator type="warning">{text}</StatusIndicator>}</LiveRegion>
  );
}
