import type { PostId } from '@tintype/contract'
import { useMemo } from 'react'
import { api } from '../../data/client.ts'
import { t } from '../../kit/messages.ts'
import Dialog from '../../ui/DialogPanel.tsx'
import { PeopleDialogBody } from '../people/PeopleDialogBody.tsx'
import { userList } from '../people/people-lists.ts'

interface LikesDialogProps {
  postId: PostId
  open: boolean
  onClose: () => void
}

export default function LikesDialog({ postId, open, onClose }: LikesDialogProps) {
  const list = useMemo(
    () =>
      userList(['likes', postId], (query, signal) =>
        api.engagement.likes({ params: { post_id: postId }, query, signal }),
      ),
    [postId],
  )
  return (
    <Dialog open={open} onClose={onClose} title={t('likes.title')} size="small" bare>
      <PeopleDialogBody list={list} label={t('likes.title')} empty={t('likes.empty')} onOpen={onClose} />
    </Dialog>
  )
}
