import { Link } from '@tanstack/react-router'
import type { PostId } from '@tintype/contract'
import { useUser } from '../../data/entities/entities.ts'
import { usePaged } from '../../data/paged-list.ts'
import { useListed } from '../../data/use-listed.ts'
import { MediaBox } from '../../ui/MediaBox.tsx'
import { AuthorAnswer } from './AuthorAnswer.tsx'
import { t } from './messages.ts'
import styles from './Together.module.css'
import { askedFor } from './together-query.ts'

const THUMB = { phone: '56px', wide: '56px' }

/** Posts that the member is asked to be an author of. */
export function AskedFor() {
  const { query, ids } = usePaged('posts', askedFor)
  if (query.isPending || ids.length === 0)
    return <p className={styles.hint}>{query.isPending ? '' : t('pending.none')}</p>
  return (
    <ul className={styles.rows}>
      {ids.map((id) => (
        <Asked key={id} postId={id} />
      ))}
    </ul>
  )
}

function Asked({ postId }: { postId: PostId }) {
  const post = useListed('posts', postId)
  const user = useUser(post?.user_id)
  const [first] = post?.media ?? []
  if (!post || !user) return null
  const label = t('pending.of', { name: user.username })
  return (
    <li className={styles.row}>
      <Link to="/p/$postId" params={{ postId }} className={styles.thumb} aria-label={label}>
        {first && <MediaBox media={first} fallbackAlt="" place={THUMB} ratio={1} />}
      </Link>
      <span className={styles.grow}>{label}</span>
      <AuthorAnswer postId={postId} />
    </li>
  )
}
