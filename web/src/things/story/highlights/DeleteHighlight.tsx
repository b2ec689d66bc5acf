import type { HighlightId } from '@tintype/contract'
import { useState } from 'react'
import { DeleteDialog } from '../../../shell/DeleteDialog.tsx'
import { Button } from '../../../ui/Button.tsx'
import { toast } from '../../../ui/toast.ts'
import { t } from '../messages.ts'
import { deleteHighlight } from './highlight-lists.ts'

interface DeleteHighlightProps {
  username: string
  highlightId: HighlightId
  onDeleted: () => void
}

export function DeleteHighlight({ username, highlightId, onDeleted }: DeleteHighlightProps) {
  const [asking, setAsking] = useState(false)
  return (
    <>
      <Button label={t('highlight.delete')} tone="danger" onPress={() => setAsking(true)} />
      <DeleteDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('highlight.deleteTitle')}
        text={t('highlight.deleteText')}
        remove={() => deleteHighlight(username, highlightId)}
        onRemoved={() => {
          toast(t('highlight.deleted'))
          onDeleted()
        }}
      />
    </>
  )
}
