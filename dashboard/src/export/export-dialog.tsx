// The dialog that saves what the current filters find. Loaded when it is opened first.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tiles from '@cloudscape-design/components/tiles';
import { useState } from 'react';
import { formatBytes } from '../../../core/values/format-bytes.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import type { ListFilters } from '../search/search.ts';
import { canStreamToDisk, type ExportFormat, maxMemoryBytes } from './export-file.ts';
import { describeAmount, describeExportProblem, describeProgress } from './export-text.ts';
import { type Export, useExport } from './use-export.ts';

export interface ExportDialogProps {
  /** What is exported, with times fixed when the list was asked for. */
  readonly filters: ListFilters;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export default function ExportDialog({ filters, isOpen, onClose }: ExportDialogProps) {
  const [format, setFormat] = useState<ExportFormat>('csv');
  const saving = useExport(filters);
  const { kind } = saving.status;
  const isUnfinished = kind === 'running' || kind === 'failed';
  return (
    <Modal
      visible={isOpen}
      header="Export entries"
      closeAriaLabel="Close"
      // What is not finished is told first: the dialog stays and says how far it came.
      onDismiss={isUnfinished ? saving.cancel : onClose}
      footer={
        <Box float="right">
          <SpaceBetween size="xs" direction="horizontal">
            <Actions saving={saving} format={format} onClose={onClose} />
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {isUnfinished || kind === 'ended' || kind === 'refused' || (
          <Choice filters={filters} format={format} onFormat={setFormat} />
        )}
        <Outcome saving={saving} order={filters.order} />
      </SpaceBetween>
    </Modal>
  );
}

interface ActionsProps {
  readonly saving: Export;
  readonly format: ExportFormat;
  readonly onClose: () => void;
}

function Actions({ saving: { status, start, goOn, cancel, back }, format, onClose }: ActionsProps) {
  if (status.kind === 'running') return <Button onClick={cancel}>Cancel the export</Button>;
  if (status.kind === 'refused') {
    return (
      <Button variant="primary" onClick={onClose}>
        Close
      </Button>
    );
  }
  if (status.kind === 'ended') {
    return (
      <>
        <Button variant="link" onClick={back}>
          Back
        </Button>
        <Button variant="primary" onClick={onClose}>
          Close
        </Button>
      </>
    );
  }
  if (status.kind === 'failed') {
    return (
      <>
        <Button onClick={cancel}>Give up</Button>
        <Button variant="primary" onClick={() => void goOn()}>
          Go on
        </Button>
      </>
    );
  }
  return (
    <>
      <Button variant="link" onClick={onClose}>
        Close
      </Button>
      <Button
        variant="primary"
        loading={status.kind === 'asking'}
        loadingText="Asking whether you may export"
        onClick={() => void start(format)}
      >
        Export {format === 'csv' ? 'CSV' : 'NDJSON'}
      </Button>
    </>
  );
}

interface ChoiceProps {
  readonly filters: ListFilters;
  readonly format: ExportFormat;
  readonly onFormat: (format: ExportFormat) => void;
}

function Choice({ filters, format, onFormat }: ChoiceProps) {
  return (
    <SpaceBetween size="s">
      <Box>
        {Object.keys(filters).some((name) => name !== 'order')
          ? 'Saves every entry that the current filters find, not only those loaded in the list.'
          : 'Saves every entry you may see. Set a time range or filters first to save fewer.'}
      </Box>
      <Tiles
        ariaLabel="Format"
        value={format}
        onChange={({ detail }) => onFormat(detail.value === 'csv' ? 'csv' : 'ndjson')}
        items={[
          {
            value: 'csv',
            label: 'CSV',
            description:
              'For spreadsheets. Cells that one would run as a formula get an apostrophe before them.',
          },
          {
            value: 'ndjson',
            label: 'NDJSON',
            description: 'Exact, for programs: one entry a line, as JSON.',
          },
        ]}
      />
      <Box color="text-body-secondary" fontSize="body-s">
        {canStreamToDisk()
          ? 'You choose the file; it is written to disk as entries come, and appears when it is whole.'
          : `This browser keeps the export in memory until it is whole: ${formatBytes(maxMemoryBytes)} at most.`}
      </Box>
    </SpaceBetween>
  );
}

function Outcome({ saving: { status, progress }, order }: { saving: Export; order: ListFilters['order'] }) {
  const { timeZone } = usePreferences();
  const reach = describeProgress(progress, order, timeZone);
  const amount = describeAmount(progress);
  const stopped = reach === '' ? 'Nothing was read.' : `It had read ${amount}, ${reach}.`;
  switch (status.kind) {
    case 'asking':
    case 'ready':
      return null;
    case 'running':
      return (
        <ProgressBar
          label="Exporting"
          value={Math.floor((progress.fraction ?? 0) * 100)}
          description={amount}
          additionalInfo={reach === '' ? 'Asking for the first entries' : `Searched ${reach}`}
        />
      );
    case 'done':
      return (
        <Alert type="success" header="Exported">
          {amount}, in {status.fileName}.
        </Alert>
      );
    case 'cancelled':
      return (
        <Alert type="info" header="Cancelled: no file was saved">
          {stopped}
        </Alert>
      );
    case 'refused':
    case 'ended': {
      const { title, advice } = describeExportProblem(status.error);
      return (
        <Alert type="error" header={title}>
          {advice} {reach !== '' && `${stopped} No file has been saved.`}
        </Alert>
      );
    }
    case 'failed': {
      const { title, advice } = describeExportProblem(status.error);
      return (
        <Alert type="error" header={title}>
          {advice} {stopped} No file has been saved.
        </Alert>
      );
    }
  }
}
