import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { PostId } from '@tintype/contract'
import { useDeferredValue, useMemo } from 'react'
import { usePaged } from '../../data/paged-list.ts'
import type { PostList } from '../../data/posts.ts'
import { t } from '../../kit/messages.ts'
import { commentsOf } from '../comments/comment-lists.ts'
import { PostGrid } from '../grid/PostGrid.tsx'
import styles from './MoreOf.module.css'

interface MoreOfProps {
  username: string
  list: PostList
  except: PostId
}

const MOST = 6
const none: PostId[] = []
const never = () => undefined

/** A few more pictures of the same member below a post. */
export function MoreOf({ username, list, except }: MoreOfProps) {
  const { ids: all } = usePaged('posts', list)
  const found = useMemo(() => all.filter((id) => id !== except).slice(0, MOST), [all, except])
  // Drawn bit by bit: what is read above does not wait for it.
  const ids = useDeferredValue(found, none)
  // Below a conversation that is still to come it would be pushed down by it.
  const { isPending } = useInfiniteQuery(commentsOf(except))
  if (ids.length === 0 || isPending) return null
  return (
    <section aria-labelledby="more-of" className={styles.more}>
      <h2 id="more-of" className={styles.title}>
        <Link to="/$username" params={{ username }}>
          {t('post.moreOf', { name: username })}
        </Link>
      </h2>
      <PostGrid
        label={t('post.moreOf', { name: username })}
        ids={ids}
        hasMore={false}
        loadingMore={false}
        onMore={never}
      />
    </section>
  )
}
