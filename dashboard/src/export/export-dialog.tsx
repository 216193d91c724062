// The dialog that saves what the current filters find. Loaded when it is opened first.
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import { useMutation } from '@tanstack/react-query';
import { useApi } from '../api/api-provider.tsx';
import type { ListFilters } from '../search/search.ts';

export interface ExportDialogProps {
  /** What is exported, with times fixed when the list was asked for. */
  readonly filters: ListFilters;
  readonly isOpen: boolean;
  readonly onClose: () => void;
}

export default function ExportDialog({ filters, isOpen, onClose }: ExportDialogProps) {
  const api = useApi();
  const save = useMutation({
    mutationFn: async () => {
      const texts: string[] = [];
      for await (const { text } of api.exportPages({ ...filters, format: 'csv' })) texts.push(text);
      const link = document.createElement('a');
      link.href = URL.createObjectURL(new Blob(texts, { type: 'text/csv' }));
      link.download = 'request-logs.csv';
      link.click();
      URL.revokeObjectURL(link.href);
    },
    onSuccess: onClose,
  });
  return (
    <Modal
      visible={isOpen}
      header="Export"
      onDismiss={onClose}
      footer={
        <Button variant="primary" loading={save.isPending} onClick={() => save.mutate()}>
          Save CSV
        </Button>
      }
    >
      {save.error ? <Alert type="error">{save.error.message}</Alert> : <Box>Saves every entry found.</Box>}
    </Modal>
  );
}
