import { useQuery } from '@tanstack/react-query'
import { type Highlight, limits, type StoryId } from '@tintype/contract'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { queryClient } from '../../../data/query-client.ts'
import { errorText, reportError } from '../../../data/report-error.ts'
import { t as shared } from '../../../kit/messages.ts'
import { Button } from '../../../ui/Button.tsx'
import DialogPanel from '../../../ui/DialogPanel.tsx'
import { FormError } from '../../../ui/FormError.tsx'
import { MediaBox } from '../../../ui/MediaBox.tsx'
import { Spinner } from '../../../ui/Spinner.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { toast } from '../../../ui/toast.ts'
import { t } from '../messages.ts'
import { highlightsOf } from '../story-lists.ts'
import styles from './HighlightDialog.module.css'
import { highlightQuery, saveHighlight } from './highlight-lists.ts'

interface KeepDialogProps {
  username: string
  storyId: StoryId
  open: boolean
  onClose: () => void
}

const THUMB = { phone: '44px', wide: '44px' }

/** Puts one story into a highlight, or begins one with it. */
export function KeepDialog({ open, onClose, ...rest }: KeepDialogProps) {
  return (
    <DialogPanel open={open} onClose={onClose} title={t('highlight.addTitle')} size="small">
      {open && <Choice onClose={onClose} {...rest} />}
    </DialogPanel>
  )
}

function Choice({ username, storyId, onClose }: Omit<KeepDialogProps, 'open'>) {
  const { data, error, isPending } = useQuery(highlightsOf(username))
  const [busy, setBusy] = useState(false)
  const [isNew, setIsNew] = useState(false)
  const run = async (title: string, keep: () => Promise<boolean>) => {
    setBusy(true)
    try {
      toast(t((await keep()) ? 'highlight.added' : 'highlight.has', { title }))
      onClose()
    } catch (failure) {
      reportError(failure)
    }
    setBusy(false)
  }
  const handleBegin = (title: string) => {
    const body = { title, story_ids: [storyId], cover_story_id: storyId }
    void run(title, () => saveHighlight(username, undefined, body).then(() => true))
  }
  if (isNew || data?.length === 0) return <Title busy={busy} onSave={handleBegin} />
  return (
    <div className={styles.list}>
      {isPending && <Spinner label={shared('state.loading')} />}
      {error && <FormError text={errorText(error)} />}
      {data?.map((one) => (
        <button
          key={one.highlight_id}
          type="button"
          className={styles.row}
          disabled={busy}
          onClick={() => void run(one.title, () => addTo(one, username, storyId))}
        >
          <span className={styles.round} aria-hidden>
            {one.cover && <MediaBox media={one.cover} fallbackAlt="" place={THUMB} ratio={1} />}
          </span>
          {one.title}
        </button>
      ))}
      <button type="button" className={styles.row} disabled={busy} onClick={() => setIsNew(true)}>
        <span className={styles.round} aria-hidden>
          <Plus size={20} />
        </span>
        {t('highlight.make')}
      </button>
    </div>
  )
}

/** Says false where it is there already. */
async function addTo({ highlight_id, title }: Highlight, username: string, id: StoryId): Promise<boolean> {
  // As it is now: another device may have changed it.
  const { ids, cover_story_id } = await queryClient.fetchQuery({
    ...highlightQuery(highlight_id),
    staleTime: 0,
  })
  if (ids.includes(id)) return false
  await saveHighlight(username, highlight_id, { title, story_ids: [...ids, id], cover_story_id })
  return true
}

function Title({ busy, onSave }: { busy: boolean; onSave: (title: string) => void }) {
  const [title, setTitle] = useState('')
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (title.trim()) onSave(title.trim())
      }}
    >
      <TextField
        label={t('highlight.name')}
        value={title}
        maxLength={limits.highlightTitle}
        autoFocus
        onChange={setTitle}
      />
      <Button
        type="submit"
        label={t('highlight.save')}
        tone="primary"
        busy={busy}
        disabled={title.trim() === ''}
      />
    </form>
  )
}
