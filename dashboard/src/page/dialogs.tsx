// The page's dialogs. Each is loaded when it is first opened.
import Modal from '@cloudscape-design/components/modal';
import type { ReactNode } from 'react';
import type { ExportDialogProps } from '../export/export-dialog.tsx';
import { lazyComponent } from '../loading/lazy-component.tsx';
import type { ViewsDialogProps } from '../views/views-dialog.tsx';
import type { HelpDialogProps } from './help-dialog.tsx';

export const ExportDialog = lazyComponent<ExportDialogProps>(
  () => import('../export/export-dialog.tsx'),
  emptyDialog('Export entries'),
);

export const HelpDialog = lazyComponent<HelpDialogProps>(
  () => import('./help-dialog.tsx'),
  emptyDialog('Keyboard shortcuts and filters'),
);

export const ViewsDialog = lazyComponent<ViewsDialogProps>(
  () => import('../views/views-dialog.tsx'),
  emptyDialog('Saved views'),
);

interface EmptyDialogProps {
  readonly isOpen: boolean;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

function emptyDialog(title: string): (props: EmptyDialogProps) => ReactNode {
  return ({ isOpen, onClose, children }) => (
    <Modal visible={isOpen} onDismiss={onClose} header={title} closeAriaLabel="Close">
      {children}
    </Modal>
  );
}
