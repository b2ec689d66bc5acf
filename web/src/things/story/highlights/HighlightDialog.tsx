import { useMutation, useQuery } from '@tanstack/react-query'
import { type HighlightId, limits, type StoryId } from '@tintype/contract'
import { useMemo, useState } from 'react'
import { usePaged } from '../../../data/paged-list.ts'
import { errorText } from '../../../data/report-error.ts'
import { t as shared } from '../../../kit/messages.ts'
import { Button } from '../../../ui/Button.tsx'
import DialogPanel from '../../../ui/DialogPanel.tsx'
import { FormError } from '../../../ui/FormError.tsx'
import { Spinner } from '../../../ui/Spinner.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { toast } from '../../../ui/toast.ts'
import { t } from '../messages.ts'
import { archiveList } from '../story-lists.ts'
import { CoverChoice } from './CoverChoice.tsx'
import { DeleteHighlight } from './DeleteHighlight.tsx'
import styles from './HighlightDialog.module.css'
import { highlightQuery, type KeptHighlight, saveHighlight } from './highlight-lists.ts'
import { StoryPicker } from './StoryPicker.tsx'

interface HighlightDialogProps {
  open: boolean
  onClose: () => void
  /** Whose profile it stands on. */
  username: string
  /** Left out: a new one is made. */
  highlightId?: HighlightId
  onDeleted?: () => void
}

/** Title, stories and cover of a highlight. */
export default function HighlightDialog({ open, onClose, highlightId, ...rest }: HighlightDialogProps) {
  return (
    <DialogPanel
      open={open}
      onClose={onClose}
      title={highlightId ? t('highlight.edit') : t('highlight.make')}
      fullOnPhone
    >
      {open &&
        (highlightId ? (
          <Edit highlightId={highlightId} onClose={onClose} {...rest} />
        ) : (
          <Form onClose={onClose} {...rest} />
        ))}
    </DialogPanel>
  )
}

type InnerProps = Omit<HighlightDialogProps, 'open'>

function Edit({ highlightId, ...rest }: InnerProps & { highlightId: HighlightId }) {
  const { data, error } = useQuery(highlightQuery(highlightId))
  if (data) return <Form highlight={data} {...rest} />
  return error ? <FormError text={errorText(error)} /> : <Spinner label={shared('state.loading')} />
}

function Form({ highlight, username, onClose, onDeleted }: InnerProps & { highlight?: KeptHighlight }) {
  const [title, setTitle] = useState(highlight?.title ?? '')
  const [chosen, setChosen] = useState<readonly StoryId[]>(highlight?.ids ?? [])
  const [cover, setCover] = useState<StoryId | undefined>(highlight?.cover_story_id)
  const { query: archive, ids: archived, more } = usePaged('stories', archiveList(false))
  // What it keeps may be older than what the archive has shown so far.
  const offered = useMemo(
    () => [...new Set([...(highlight?.ids ?? []), ...archived])],
    [highlight?.ids, archived],
  )
  const shownCover = cover && chosen.includes(cover) ? cover : chosen[0]
  const save = useMutation({
    mutationFn: (cover_story_id: StoryId) =>
      saveHighlight(username, highlight?.highlight_id, {
        title: title.trim(),
        story_ids: [...chosen],
        cover_story_id,
      }),
    onSuccess: () => {
      toast(t('highlight.saved'))
      onClose()
    },
  })
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (shownCover) save.mutate(shownCover)
      }}
    >
      <TextField
        label={t('highlight.name')}
        value={title}
        maxLength={limits.highlightTitle}
        required
        onChange={setTitle}
      />
      <StoryPicker
        ids={offered}
        chosen={chosen}
        onChange={setChosen}
        loading={archive.isPending}
        onMore={more.hasMore ? more.onMore : undefined}
      />
      {chosen.length > 1 && <CoverChoice ids={chosen} value={shownCover} onChange={setCover} />}
      {save.error && <FormError text={errorText(save.error)} />}
      <Button
        type="submit"
        label={t('highlight.save')}
        tone="primary"
        busy={save.isPending}
        disabled={title.trim() === '' || chosen.length === 0}
      />
      {highlight && (
        <DeleteHighlight
          username={username}
          highlightId={highlight.highlight_id}
          onDeleted={() => {
            onClose()
            onDeleted?.()
          }}
        />
      )}
    </form>
  )
}
