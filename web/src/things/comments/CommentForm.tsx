import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { CommentId, PostId } from '@tintype/contract'
import { isBlank, limits } from '@tintype/contract'
import { type FormEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { api } from '../../data/client.ts'
import { useMe } from '../../data/member.ts'
import { reportError } from '../../data/report-error.ts'
import { FoundNote } from '../../editor/FoundNote.tsx'
import { SuggestionList } from '../../editor/SuggestionList.tsx'
import { useCompletion } from '../../editor/use-completion.ts'
import { t } from '../../kit/messages.ts'
import { Button } from '../../ui/Button.tsx'
import { isComposing } from '../../ui/composing.ts'
import { cutText } from '../../ui/cut-text.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import styles from './CommentForm.module.css'
import { addComment } from './comment-lists.ts'
import { takeCommentWish } from './comment-wish.ts'
import { newKey } from './idempotency.ts'
import type { ReplyTarget } from './reply-target.ts'

interface CommentFormProps {
  postId: PostId
  replyTo?: ReplyTarget | null
  onReplyDone?: () => void
  onSent?: (id: CommentId) => void
  /** Under a card in the feed: "Post" appears with the first letter. */
  compact?: boolean
}

/** Enter sends, Shift+Enter breaks the line; what was written stays until it has been taken. */
export function CommentForm(props: CommentFormProps) {
  if (useMe()) return <MemberForm {...props} />
  return props.compact ? null : <VisitorLine postId={props.postId} />
}

function MemberForm({ postId, replyTo, onReplyDone, onSent, compact }: CommentFormProps) {
  const id = useId()
  const { text, setText, clear } = useAddressedText(replyTo)
  const field = useRef<HTMLTextAreaElement>(null)
  const key = useRef(newKey())
  useEffect(() => {
    if (!compact && takeCommentWish(postId)) field.current?.focus()
  }, [postId, compact])
  const send = useMutation({
    mutationFn: () =>
      api.comments.create({
        params: { post_id: postId },
        body: { text: text.trim(), parent_comment_id: replyTo?.threadId ?? null },
        headers: { 'idempotency-key': key.current },
      }),
    onSuccess: (comment) => {
      key.current = newKey()
      clear()
      addComment(comment)
      onReplyDone?.()
      onSent?.(comment.comment_id)
    },
    onError: reportError,
  })
  const completion = useCompletion({ id, area: field, value: text, onChange: setText })
  const submit = () => {
    if (!isBlank(text) && !send.isPending) send.mutate()
  }
  const handleSubmit = (event: FormEvent) => {
    event.preventDefault()
    submit()
  }
  const handleKey = (event: KeyboardEvent) => {
    if (completion.takeKey(event)) event.stopPropagation()
    else if (isComposing(event)) return
    else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      submit()
    } else if (event.key === 'Escape' && (text || replyTo)) {
      event.stopPropagation()
      clear()
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
        {...completion.fieldProps}
        onChange={(event) => {
          setText(cutText(event.target.value, limits.comment))
          completion.typed(event.target.selectionStart)
        }}
        onKeyDown={handleKey}
      />
      {completion.list && <SuggestionList {...completion.list} above />}
      <FoundNote found={completion.found} />
      {(!isBlank(text) || !compact) && (
        <Button
          label={t('comments.post')}
          type="submit"
          tone="text"
          busy={send.isPending}
          disabled={isBlank(text)}
        />
      )}
      <VisuallyHidden live>{send.isSuccess && !text ? t('comments.sent') : ''}</VisuallyHidden>
    </form>
  )
}

/** What is written; as long as it is a reply it begins with the name of whom it is for. */
function useAddressedText(replyTo: ReplyTarget | null | undefined) {
  const [text, setText] = useState('')
  /** How the text begins because of a reply. */
  const addressed = useRef('')
  useEffect(() => {
    if (!replyTo) return
    const [before, now] = [addressed.current, `@${replyTo.username} `]
    addressed.current = now
    // What was typed already stays, behind the name of whom it is for now; only the name that a reply put there goes.
    setText((typed) => {
      const own = before !== '' && typed.startsWith(before) ? typed.slice(before.length) : typed
      return own.startsWith(now) ? own : now + own
    })
  }, [replyTo])
  const clear = () => {
    setText('')
    addressed.current = ''
  }
  return { text, setText, clear }
}

function VisitorLine({ postId }: { postId: PostId }) {
  return (
    <Link to="/login" search={{ to: `/p/${postId}` }} className={styles.visitor}>
      {t('comments.logIn')}
    </Link>
  )
}
