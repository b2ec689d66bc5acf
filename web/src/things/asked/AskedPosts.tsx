import { Link } from '@tanstack/react-router'
import type { PostId } from '@tintype/contract'
import type { ReactNode } from 'react'
import { useUser } from '../../data/entities/entities.ts'
import { usePaged } from '../../data/paged-list.ts'
import type { PostList } from '../../data/posts.ts'
import { useListed } from '../../data/use-listed.ts'
import { MediaBox } from '../../ui/MediaBox.tsx'
import { isCovered } from '../post/covered.ts'
import styles from './Asked.module.css'

const THUMB = { phone: '56px', wide: '56px' }

interface AskedPostsProps {
  list: PostList
  /** Said where there are none. */
  none: string
  labelOf: (author: string) => string
  answerOf: (postId: PostId) => ReactNode
}

/** Posts that wait for the member's word. */
export function AskedPosts({ list, none, ...row }: AskedPostsProps) {
  const { query, ids } = usePaged('posts', list)
  if (query.isPending || ids.length === 0) return <p className={styles.hint}>{query.isPending ? '' : none}</p>
  return (
    <ul className={styles.rows}>
      {ids.map((id) => (
        <AskedPost key={id} postId={id} {...row} />
      ))}
    </ul>
  )
}

interface AskedPostProps extends Pick<AskedPostsProps, 'labelOf' | 'answerOf'> {
  postId: PostId
}

function AskedPost({ postId, labelOf, answerOf }: AskedPostProps) {
  const post = useListed('posts', postId)
  const user = useUser(post?.user_id)
  const [first] = post?.media ?? []
  if (!post || !user) return null
  const label = labelOf(user.username)
  return (
    <li className={styles.row}>
      <Link to="/p/$postId" params={{ postId }} className={styles.thumb} aria-label={label}>
        {first && !isCovered(post) && <MediaBox media={first} fallbackAlt="" place={THUMB} ratio={1} />}
      </Link>
      <span className={styles.grow}>{label}</span>
      {answerOf(postId)}
    </li>
  )
}
