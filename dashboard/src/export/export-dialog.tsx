// Dialog that exports the entries that match the current filters. Loaded when it is first opened.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import Checkbox from '@cloudscape-design/components/checkbox';
import Modal from '@cloudscape-design/components/modal';
import ProgressBar from '@cloudscape-design/components/progress-bar';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tiles from '@cloudscape-design/components/tiles';
import { useEffect, useRef, useState } from 'react';
import { formatBytes } from '../../../core/values/format-bytes.ts';
import { usePreferences } from '../preferences/use-preferences.ts';
import type { ListFilters } from '../search/search.ts';
import { canStreamToDisk, type ExportForm, maxMemoryBytes } from './export-file.ts';
import { describeAmount, describeExportProblem, describeProgress } from './export-text.ts';
import { type Export, type ExportStatus, useExport } from './use-export.ts';

export interface ExportDialogProps {
  /** What to export. Relative times are already resolved. */
  readonly filters: ListFilters;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export default function ExportDialog({ filters, isOpen, onClose }: ExportDialogProps) {
  const [form, setForm] = useState<ExportForm>({ format: 'csv', columns: 'list', spreadsheet: true });
  const exporting = useExport(filters);
  const { kind } = exporting.status;
  const isUnfinished = kind === 'running' || kind === 'failed';
  return (
    <Modal
      visible={isOpen}
      header="Export entries"
      closeAriaLabel="Close"
      // An unfinished export is canceled first. The dialog stays open and shows how far it got.
      onDismiss={isUnfinished ? exporting.cancel : onClose}
      footer={
        <Box float="right">
          <SpaceBetween size="xs" direction="horizontal">
            <Actions exporting={exporting} form={form} onClose={onClose} />
          </SpaceBetween>
        </Box>
      }
    >
      <SpaceBetween size="m">
        {isUnfinished || kind === 'ended' || kind === 'refused' || (
          <Choice filters={filters} form={form} onForm={setForm} />
        )}
        <Outcome exporting={exporting} order={filters.order} />
      </SpaceBetween>
    </Modal>
  );
}

interface ActionsProps {
  readonly exporting: Export;
  readonly form: ExportForm;
  readonly onClose: () => void;
}

function Actions({ exporting: { status, start, resume, cancel, back }, form, onClose }: ActionsProps) {
  const button = useFocusOnChange(status.kind);
  if (status.kind === 'running') {
    return (
      <Button ref={button} onClick={cancel}>
        Cancel export
      </Button>
    );
  }
  if (status.kind === 'refused') {
    return (
      <Button ref={button} variant="primary" onClick={onClose}>
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
        <Button ref={button} variant="primary" onClick={onClose}>
          Close
        </Button>
      </>
    );
  }
  if (status.kind === 'failed') {
    return (
      <>
        <Button onClick={cancel}>Cancel export</Button>
        <Button ref={button} variant="primary" onClick={() => void resume()}>
          Resume
        </Button>
      </>
    );
  }
  return (
    <>
      <Button ref={button} variant="link" onClick={onClose}>
        Close
      </Button>
      <Button
        variant="primary"
        loading={status.kind === 'checking'}
        loadingText="Checking your permission to export"
        onClick={() => void start(form)}
      >
        Export {form.format === 'csv' ? 'CSV' : 'NDJSON'}
      </Button>
    </>
  );
}

/** Statuses before the export starts. The dialog chooses where to put the focus when it opens. */
const initialKinds: readonly ExportStatus['kind'][] = ['checking', 'ready'];

/**
 * Focuses the button when the status changes, because the button that had the focus is gone. Without the focus, Esc would
 * not close the dialog.
 */
function useFocusOnChange(kind: ExportStatus['kind']) {
  const button = useRef<ButtonProps.Ref>(null);
  useEffect(() => {
    if (!initialKinds.includes(kind)) button.current?.focus();
  }, [kind]);
  return button;
}

interface ChoiceProps {
  readonly filters: ListFilters;
  readonly form: ExportForm;
  readonly onForm: (form: ExportForm) => void;
}

/** The format decides `spreadsheet`, which other formats than CSV do not have. */
function Choice({ filters, form, onForm }: ChoiceProps) {
  const { format, columns, spreadsheet } = form;
  return (
    <SpaceBetween size="s">
      <Box>
        {Object.keys(filters).some((name) => name !== 'order')
          ? 'Exports all entries that match the current filters, including those not yet loaded in the list.'
          : 'Exports all entries that you have access to. To export fewer, first set filters or a time range.'}
      </Box>
      <Tiles
        ariaLabel="Format"
        value={format}
        onChange={({ detail }) =>
          onForm(
            detail.value === 'csv'
              ? { ...form, format: 'csv', spreadsheet: true }
              : { ...form, format: 'ndjson', spreadsheet: false },
          )
        }
        items={[
          {
            value: 'csv',
            label: 'CSV',
            description:
              'One row per entry. Cells that a spreadsheet would run as a formula are prefixed with an apostrophe.',
          },
          {
            value: 'ndjson',
            label: 'NDJSON',
            description: 'For programs. One JSON object per line, with all values exactly as recorded.',
          },
        ]}
      />
      <SpaceBetween size="xs">
        <Checkbox
          checked={columns === 'full'}
          description="Reason, email, IP address, user agent, both states, all changes, and disputes. Takes longer."
          onChange={({ detail }) => onForm({ ...form, columns: detail.checked ? 'full' : 'list' })}
        >
          Include everything about each entry
        </Checkbox>
        {format === 'csv' && (
          <Checkbox
            checked={spreadsheet}
            description="Keeps IDs and names such as 012345678901 and 1E5 unchanged in Excel and LibreOffice. Clear for programs."
            onChange={({ detail }) => onForm({ ...form, spreadsheet: detail.checked })}
          >
            Write for a spreadsheet
          </Checkbox>
        )}
      </SpaceBetween>
      <Box color="text-body-secondary" fontSize="body-s">
        {canStreamToDisk()
          ? 'You choose where to save the file. The file appears when the export is complete.'
          : `This browser keeps the export in memory until it is complete. Maximum size: ${formatBytes(maxMemoryBytes)}.`}
      </Box>
    </SpaceBetween>
  );
}

function Outcome({
  exporting: { status, progress },
  order,
}: {
  exporting: Export;
  order: ListFilters['order'];
}) {
  const { timeZone } = usePreferences();
  const reach = describeProgress(progress, order, timeZone);
  const amount = describeAmount(progress);
  const stopped = reach === '' ? 'Nothing was exported.' : `Exported so far: ${amount}, searched ${reach}.`;
  switch (status.kind) {
    case 'checking':
    case 'ready':
      return null;
    case 'running':
      return (
        <ProgressBar
          label="Exporting"
          value={Math.floor((progress.fraction ?? 0) * 100)}
          description={amount}
          additionalInfo={reach === '' ? 'Loading the first entries' : `Searched ${reach}`}
        />
      );
    case 'done':
      return (
        <Alert type="success" header="Export complete">
          Saved {amount} to {status.fileName}.
        </Alert>
      );
    case 'canceled':
      return (
        <Alert type="info" header="Export canceled">
          {stopped} No file was saved.
        </Alert>
      );
    case 'refused':
    case 'ended': {
      const { title, advice } = describeExportProblem(status.error);
      return (
        <Alert type="error" header={title}>
          {advice} {reach !== '' && `${stopped} No file was saved.`}
        </Alert>
      );
    }
    case 'failed': {
      const { title, advice } = describeExportProblem(status.error);
      return (
        <Alert type="error" header={title}>
          {advice} {stopped} No file was saved.
        </Alert>
      );
    }
  }
}
