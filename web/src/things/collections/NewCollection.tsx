import DialogPanel from '../../ui/DialogPanel.tsx'
import { toast } from '../../ui/toast.ts'
import { makeCollection } from './collection-lists.ts'
import { t } from './messages.ts'
import { NameForm } from './NameForm.tsx'

/** Makes an empty collection. */
export function NewCollection({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <DialogPanel open={open} onClose={onClose} title={t('collections.new')} size="small">
      <NameForm
        label={t('collections.new')}
        action={t('collection.create')}
        autoFocus
        save={(name) => makeCollection(name)}
        onSaved={(name) => {
          toast(t('collection.made', { name }))
          onClose()
        }}
      />
    </DialogPanel>
  )
}
