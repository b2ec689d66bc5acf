import { SquarePen } from 'lucide-react'
import { useState } from 'react'
import { t } from '../../../things/direct/messages.ts'
import { Button } from '../../../ui/Button.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { lazyWhenOpen } from '../../../ui/lazy-when-open.tsx'

const NewMessageDialog = lazyWhenOpen(() => import('./NewMessageDialog.tsx'))

export function NewMessageButton({ look }: { look: 'icon' | 'button' }) {
  const [open, setOpen] = useState(false)
  const press = () => setOpen(true)
  return (
    <>
      {look === 'icon' ? (
        <IconButton icon={SquarePen} label={t('inbox.new')} onPress={press} />
      ) : (
        <Button label={t('inbox.emptyAction')} tone="primary" onPress={press} />
      )}
      <NewMessageDialog open={open} onClose={() => setOpen(false)} />
    </>
  )
}
