import { useMutation, useQuery } from '@tanstack/react-query'
import type { TaggedPerson } from '@tintype/contract'
import { useState } from 'react'
import type { PostEntity } from '../../data/entities/types.ts'
import { useMe } from '../../data/member.ts'
import { errorText } from '../../data/report-error.ts'
import { t as general } from '../../kit/messages.ts'
import { Button } from '../../ui/Button.tsx'
import Dialog from '../../ui/DialogPanel.tsx'
import { FormError } from '../../ui/FormError.tsx'
import { MediaBox } from '../../ui/MediaBox.tsx'
import { toast } from '../../ui/toast.ts'
import { PeopleSkeleton } from '../people/PeopleRows.tsx'
import { Person } from '../people/Person.tsx'
import { t } from './messages.ts'
import { TagAnswer } from './TagAnswer.tsx'
import { type Tag, TagEditor } from './TagEditor.tsx'
import styles from './Tags.module.css'
import { peopleIn, savePeople } from './tags-query.ts'

interface PeopleDialogProps {
  post: PostEntity
  open: boolean
  onClose: () => void
}

/** Who is in the pictures of a post; its author says so, and whoever is in it may take themself out. */
export default function PeopleDialog({ post, open, onClose }: PeopleDialogProps) {
  const { data, error } = useQuery({ ...peopleIn(post.post_id), enabled: open })
  if (!open) return null
  if (data && post.viewer.is_author) return <Editor post={post} people={data} onClose={onClose} />
  return (
    <Dialog open onClose={onClose} title={t('tags.title')}>
      {error && <FormError text={errorText(error)} />}
      {!data && !error && <PeopleSkeleton rows={2} />}
      {data && <People post={post} people={data} onDone={onClose} />}
    </Dialog>
  )
}

interface ListProps {
  post: PostEntity
  people: readonly TaggedPerson[]
  onDone: () => void
}

function People({ post, people, onDone }: ListProps) {
  const me = useMe()
  const ids = [...new Set(people.map(({ user }) => user.user_id))]
  const mine = people.find(({ user }) => user.user_id === me?.user_id)
  if (ids.length === 0) return <p className={styles.hint}>{t('tags.none')}</p>
  return (
    <div className={styles.rows}>
      {ids.map((id) => (
        <Person
          key={id}
          userId={id}
          action={
            id === me?.user_id && (
              <TagAnswer postId={post.post_id} pending={mine?.pending === true} onDone={onDone} />
            )
          }
        />
      ))}
    </div>
  )
}

const PLACE = { phone: '90vw', wide: '480px' }

interface EditorProps {
  post: PostEntity
  people: readonly TaggedPerson[]
  onClose: () => void
}

function Editor({ post, people, onClose }: EditorProps) {
  const [tags, setTags] = useState<Record<string, readonly Tag[]>>(() =>
    Object.fromEntries(
      post.media.map(({ media_id }) => [
        media_id,
        people
          .filter((one) => one.media_id === media_id)
          .map(({ user, x, y }) => ({ username: user.username, x, y })),
      ]),
    ),
  )
  const save = useMutation({
    mutationFn: () =>
      savePeople(
        post.post_id,
        post.media.flatMap(({ media_id }, picture) =>
          (tags[media_id] ?? []).map((tag) => ({ ...tag, picture })),
        ),
      ),
    onSuccess: () => {
      toast(t('tags.saved'))
      onClose()
    },
  })
  const button = (
    <Button
      label={general('action.save')}
      tone="primary"
      size="small"
      busy={save.isPending}
      onPress={() => save.mutate()}
    />
  )
  return (
    <Dialog open onClose={onClose} title={t('tags.edit')} action={button} fullOnPhone>
      {save.error && <FormError text={errorText(save.error)} />}
      <TagEditor
        pictures={post.media.map((media) => ({
          key: media.media_id,
          ratio: media.width / media.height,
          drawn: <MediaBox media={media} fallbackAlt="" place={PLACE} ratio={media.width / media.height} />,
        }))}
        tags={tags}
        onChange={(key, next) => setTags({ ...tags, [key]: next })}
      />
    </Dialog>
  )
}
