import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import type { PostId, ScheduledPost } from '@tintype/contract'
import { Ellipsis, Pencil, Send, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../../data/client.ts'
import { reportError } from '../../../data/report-error.ts'
import { DeleteDialog } from '../../../shell/DeleteDialog.tsx'
import styles from '../../../things/account/Sections.module.css'
import { whenText } from '../../../things/scheduling/when.ts'
import { ActionMenu } from '../../../ui/ActionMenu.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { toast } from '../../../ui/toast.ts'
import { EditScheduled } from './EditScheduled.tsx'
import { t } from './messages.ts'
import own from './Scheduled.module.css'
import { readScheduledAgain } from './scheduled-query.ts'

/** One of them: its first picture, its time, how it begins. */
export function ScheduledCard({ post }: { post: ScheduledPost }) {
  const { publish_at, caption, media, media_count, status, failure } = post
  const [first] = media
  const when = whenText(publish_at)
  return (
    <article className={own.card} aria-label={when}>
      <div className={own.picture}>
        {first && <img src={first.variants.at(-1)?.url ?? first.url} alt={first.alt_text} />}
      </div>
      <div className={own.words}>
        <p className={own.when}>
          <time dateTime={publish_at}>{when}</time>
        </p>
        <p className={caption ? own.caption : styles.note}>{caption || t('noCaption')}</p>
        {media_count > 1 && <p className={styles.note}>{t('pictures', { count: media_count })}</p>}
        {status === 'processing' && <p className={styles.note}>{t('processing')}</p>}
        {failure && (
          <p className={own.failed} role="status">
            {t('failed', { reason: failure.message })}
          </p>
        )}
      </div>
      <CardMenu post={post} when={when} />
    </article>
  )
}

function CardMenu({ post, when }: { post: ScheduledPost; when: string }) {
  const [asking, setAsking] = useState<'menu' | 'edit' | 'delete' | null>(null)
  const close = () => setAsking(null)
  const navigate = useNavigate()
  const params = { scheduled_id: post.scheduled_id }
  const view = (postId: PostId) => void navigate({ to: '/p/$postId', params: { postId } })
  const publish = useMutation({
    mutationFn: () => api.scheduled.publish({ params }),
    onSuccess: ({ post_id }) =>
      post_id ? toast(t('published'), { label: t('view'), onPress: () => view(post_id) }) : toast(t('soon')),
    onError: reportError,
    onSettled: readScheduledAgain,
  })
  return (
    <>
      <IconButton
        icon={Ellipsis}
        size="small"
        label={t('more.label', { when })}
        disabled={publish.isPending}
        onPress={() => setAsking('menu')}
      />
      <ActionMenu
        open={asking === 'menu'}
        onClose={close}
        label={t('more.label', { when })}
        actions={[
          { label: t('edit'), icon: Pencil, onPress: () => setAsking('edit') },
          { label: t('now'), icon: Send, onPress: () => publish.mutate() },
          { label: t('delete'), icon: Trash2, tone: 'danger', onPress: () => setAsking('delete') },
        ]}
      />
      <Dialog open={asking === 'edit'} onClose={close} title={t('edit.title')} size="small">
        <EditScheduled post={post} onDone={close} />
      </Dialog>
      <DeleteDialog
        open={asking === 'delete'}
        onClose={close}
        title={t('deleteTitle')}
        text={t('deleteText')}
        remove={() => api.scheduled.delete({ params })}
        onRemoved={() => {
          toast(t('deleted'))
          void readScheduledAgain()
        }}
      />
    </>
  )
}
