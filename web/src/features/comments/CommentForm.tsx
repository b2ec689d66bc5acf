import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { CommentId, PostId } from '@tintype/contract'
import { limits } from '@tintype/contract'
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { api } from '../../api/client.ts'
import { useMe } from '../../api/member.ts'
import { reportError } from '../../api/report-error.ts'
import { t } from '../../messages.ts'
import { Button } from '../../ui/Button.tsx'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import type { ReplyTarget } from '../post/Conversation.tsx'
import styles from './CommentForm.module.css'
import { addComment } from './comment-lists.ts'
import { newKey } from './idempotency.ts'

interface CommentFormProps {
  postId: PostId
  replyTo?: ReplyTarget | null
  onReplyDone?: () => void
  onSent?: (id: CommentId) => void
  /** Under a card in the feed: "Post" appears with the first letter. */
  compact?: boolean
}

/** Enter sends, Shift+Enter breaks the line; what was written stays until it has been taken. */
export function CommentForm({ postId, replyTo, onReplyDone, onSent, compact }: CommentFormProps) {
  const me = useMe()
  const [text, setText] = useState('')
  const field = useRef<HTMLTextAreaElement>(null)
  const key = useRef(newKey())
  useEffect(() => {
    // What was typed already stays, behind the name of whom it is for now.
    if (replyTo) setText((typed) => `@${replyTo.username} ${typed.replace(/^@\S+ /, '')}`)
  }, [replyTo])
  const send = useMutation({
    mutationFn: () =>
      api.comment({
        params: { post_id: postId },
        body: { text: text.trim(), parent_comment_id: replyTo?.threadId ?? null },
        headers: { 'idempotency-key': key.current },
      }),
    onSuccess: (comment) => {
      key.current = newKey()
      setText('')
      addComment(comment)
      onReplyDone?.()
      onSent?.(comment.comment_id)
    },
    onError: reportError,
  })
  if (!me) return compact ? null : <VisitorLine postId={postId} />
  const submit = () => {
    if (text.trim() && !send.isPending) send.mutate()
  }
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    submit()
  }
  const handleKey = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) {
      event.preventDefault()
      submit()
    } else if (event.key === 'Escape' && (text || replyTo)) {
      event.stopPropagation()
      setText('')
      onReplyDone?.()
    }
  }
  const label = replyTo ? t('comments.replyTo', { name: replyTo.username }) : t('comments.placeholder')
  return (
    <form className={styles.form} onSubmit={handleSubmit}>
      <textarea
        ref={field}
        rows={1}
        data-comment-field={postId}
        className={styles.field}
        aria-label={label}
        placeholder={label}
        value={text}
        maxLength={limits.comment}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={handleKey}
      />
      {(text.trim() || !compact) && (
        <Button
          label={t('comments.post')}
          type="submit"
          tone="text"
          busy={send.isPending}
          disabled={!text.trim()}
        />
      )}
      <VisuallyHidden live>{send.isSuccess && !text ? t('comments.sent') : ''}</VisuallyHidden>
    </form>
  )
}

function VisitorLine({ postId }: { postId: PostId }) {
  return (
    <Link to="/login" search={{ to: `/p/${postId}` }} className={styles.visitor}>
      {t('comments.logIn')}
    </Link>
  )
}
