import type { ConfirmDialogProps } from './ConfirmPanel.tsx'
import { lazyWhenOpen } from './lazy-when-open.tsx'

/** Asks before what cannot be undone. */
export const ConfirmDialog = lazyWhenOpen<ConfirmDialogProps>(() => import('./ConfirmPanel.tsx'))
