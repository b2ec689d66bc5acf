import { Link } from '@tanstack/react-router'
import { type Live, type LiveComment, liveLimits } from '@tintype/contract'
import { Heart, MoreHorizontal, Pin, SendHorizontal } from 'lucide-react'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { api } from '../../data/client.ts'
import { live as socket } from '../../data/live.ts'
import { useMe } from '../../data/member.ts'
import { reportError } from '../../data/report-error.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { lazyWhenOpen } from '../../ui/lazy-when-open.tsx'
import styles from './Live.module.css'
import { t } from './messages.ts'
import { addComment } from './use-live.ts'

const CommentMenu = lazyWhenOpen(() => import('./CommentMenu.tsx'))

interface TalkProps {
  live: Live
  comments: readonly LiveComment[]
}

/** What is said, newest at the bottom, and what one says oneself. */
export function Talk({ live, comments }: TalkProps) {
  const me = useMe()
  const list = useRef<HTMLUListElement>(null)
  const [menu, setMenu] = useState<LiveComment | null>(null)
  const pinned = live.pinned
  const newest = comments.at(-1)?.live_comment_id
  useEffect(() => {
    if (newest && list.current) list.current.scrollTop = list.current.scrollHeight
  }, [newest])
  const mayAct = (comment: LiveComment) => live.viewer.moderates || comment.user.user_id === me?.user_id
  return (
    <section className={styles.talk} aria-label={t('live.comments')}>
      {pinned && (
        <p className={styles.pinned}>
          <Pin aria-label={t('live.pinned')} size={14} />
          <b>{pinned.user.username}</b> {pinned.text}
        </p>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keys */}
      <ul ref={list} className={styles.said} aria-live="polite" tabIndex={0} aria-label={t('live.comments')}>
        {comments.length === 0 && <li className={styles.nothing}>{t('live.nothingSaid')}</li>}
        {comments.map((comment) => (
          <li key={comment.live_comment_id} className={styles.comment}>
            <Avatar user={comment.user} size={28} />
            <p className={styles.words}>
              <Link to="/$username" params={{ username: comment.user.username }} className={styles.author}>
                {comment.user.username}
              </Link>{' '}
              {comment.text}
              {comment.held && <small className={styles.held}>{t('live.held')}</small>}
            </p>
            {me && mayAct(comment) && (
              <IconButton
                icon={MoreHorizontal}
                size="small"
                label={t('live.more', { name: comment.user.username })}
                onPress={() => setMenu(comment)}
              />
            )}
          </li>
        ))}
      </ul>
      {live.status === 'live' && <Say live={live} />}
      {menu && <CommentMenu live={live} comment={menu} open onClose={() => setMenu(null)} />}
    </section>
  )
}

/** Hearts pressed within so many milliseconds are sent as one. */
const FOLD_MS = 1000

function Say({ live }: { live: Live }) {
  const me = useMe()
  const [text, setText] = useState('')
  const hearts = useRef(0)
  if (!me) return <p className={styles.note}>{t('live.logIn')}</p>
  const handleSubmit = async (event: FormEvent) => {
    event.preventDefault()
    const said = text.trim()
    if (!said) return
    setText('')
    try {
      addComment(
        live.live_id,
        await api.live.comment({ params: { live_id: live.live_id }, body: { text: said } }),
      )
    } catch (error) {
      setText(said)
      reportError(error)
    }
  }
  const handleHeart = () => {
    hearts.current = Math.min(hearts.current + 1, liveLimits.heartsAtOnce)
    if (hearts.current > 1) return
    setTimeout(() => {
      socket.send({ type: 'heart', data: { live_id: live.live_id, count: hearts.current } })
      hearts.current = 0
    }, FOLD_MS)
  }
  return (
    <div className={styles.say}>
      {live.slow_seconds > 0 && (
        <p className={styles.note}>{t('live.slow', { seconds: live.slow_seconds })}</p>
      )}
      <form className={styles.form} onSubmit={handleSubmit}>
        {live.comments_open ? (
          <>
            <input
              className={styles.input}
              aria-label={t('live.say')}
              placeholder={t('live.say')}
              value={text}
              maxLength={liveLimits.comment}
              onChange={({ target }) => setText(target.value)}
            />
            <button type="submit" className={styles.send} aria-label={t('live.send')} disabled={!text.trim()}>
              <SendHorizontal aria-hidden size={20} />
            </button>
          </>
        ) : (
          <p className={styles.note}>{t('live.closed')}</p>
        )}
        <IconButton icon={Heart} label={t('live.heart')} tone="accent" onPress={handleHeart} />
      </form>
    </div>
  )
}
