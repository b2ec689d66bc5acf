import { useMutation } from '@tanstack/react-query'
import { reportError } from '../data/report-error.ts'
import { t } from '../kit/messages.ts'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'

interface DeleteDialogProps {
  open: boolean
  onClose: () => void
  title: string
  text: string
  remove: () => Promise<unknown>
  /** It is gone; the dialog is closed by then. */
  onRemoved: () => void
}

/** Asks before something is deleted, and says why where it could not be. */
export function DeleteDialog({ remove, onRemoved, onClose, ...asking }: DeleteDialogProps) {
  const deletion = useMutation({
    mutationFn: remove,
    onSuccess: () => {
      onClose()
      onRemoved()
    },
    onError: (error) => {
      onClose()
      reportError(error)
    },
  })
  return (
    <ConfirmDialog
      {...asking}
      onClose={onClose}
      action={t('action.delete')}
      busy={deletion.isPending}
      onConfirm={() => deletion.mutate()}
    />
  )
}
