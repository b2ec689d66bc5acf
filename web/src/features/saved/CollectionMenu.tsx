import { useNavigate } from '@tanstack/react-router'
import { LogOut, Pencil, Trash2, Users } from 'lucide-react'
import { useState } from 'react'
import { useMember } from '../../data/member.ts'
import { reportError } from '../../data/report-error.ts'
import { DeleteDialog } from '../../shell/DeleteDialog.tsx'
import {
  endCollection,
  type OpenCollection,
  renameCollection,
} from '../../things/collections/collection-lists.ts'
import { t } from '../../things/collections/messages.ts'
import { NameForm } from '../../things/collections/NameForm.tsx'
import ActionMenu from '../../ui/ActionMenuPanel.tsx'
import DialogPanel from '../../ui/DialogPanel.tsx'
import { toast } from '../../ui/toast.ts'

interface CollectionMenuProps {
  collection: OpenCollection
  open: boolean
  onClose: () => void
  onPeople: () => void
}

/** What its owner may do with a collection, and what another who is in it. */
export function CollectionMenu({ collection, open, onClose, onPeople }: CollectionMenuProps) {
  const { collection_id, name, is_owner } = collection
  const me = useMember()
  const navigate = useNavigate()
  const [asking, setAsking] = useState<'rename' | 'delete' | null>(null)
  const close = () => setAsking(null)
  const leaveScreen = (said: string) => {
    toast(said)
    void navigate({ to: '/saved', replace: true })
  }
  const handleLeave = () =>
    endCollection(collection_id, me.username).then(
      () => leaveScreen(t('collection.left', { name })),
      reportError,
    )
  return (
    <>
      <ActionMenu
        open={open}
        onClose={onClose}
        label={t('collection.menu')}
        actions={
          is_owner
            ? [
                { label: t('collection.rename'), icon: Pencil, onPress: () => setAsking('rename') },
                { label: t('collection.share'), icon: Users, onPress: onPeople },
                {
                  label: t('collection.delete'),
                  icon: Trash2,
                  tone: 'danger',
                  onPress: () => setAsking('delete'),
                },
              ]
            : [
                { label: t('collection.people'), icon: Users, onPress: onPeople },
                {
                  label: t('collection.leave'),
                  icon: LogOut,
                  tone: 'danger',
                  onPress: () => void handleLeave(),
                },
              ]
        }
      />
      <DialogPanel open={asking === 'rename'} onClose={close} title={t('collection.rename')} size="small">
        <NameForm
          label={t('collection.rename')}
          action={t('collection.save')}
          initial={name}
          autoFocus
          save={(wanted) => renameCollection(collection_id, wanted)}
          onSaved={() => {
            toast(t('collection.renamed'))
            close()
          }}
        />
      </DialogPanel>
      <DeleteDialog
        open={asking === 'delete'}
        onClose={close}
        title={t('collection.deleteTitle')}
        text={t('collection.deleteText')}
        remove={() => endCollection(collection_id)}
        onRemoved={() => leaveScreen(t('collection.deleted'))}
      />
    </>
  )
}
