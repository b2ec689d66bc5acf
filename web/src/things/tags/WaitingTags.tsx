import { Link } from '@tanstack/react-router'
import type { PostId } from '@tintype/contract'
import { useUser } from '../../data/entities/entities.ts'
import { usePaged } from '../../data/paged-list.ts'
import { useListed } from '../../data/use-listed.ts'
import { MediaBox } from '../../ui/MediaBox.tsx'
import { t } from './messages.ts'
import { TagAnswer } from './PeopleDialog.tsx'
import styles from './Tags.module.css'
import { waitingTags } from './tags-query.ts'

const THUMB = { phone: '56px', wide: '56px' }

/** What the member is tagged in and has not agreed to. */
export function WaitingTags() {
  const { query, ids } = usePaged('posts', waitingTags)
  if (query.isPending || ids.length === 0)
    return <p className={styles.hint}>{query.isPending ? '' : t('tags.nothing')}</p>
  return (
    <ul className={styles.rows}>
      {ids.map((id) => (
        <Waiting key={id} postId={id} />
      ))}
    </ul>
  )
}

function Waiting({ postId }: { postId: PostId }) {
  const post = useListed('posts', postId)
  const user = useUser(post?.user_id)
  const [first] = post?.media ?? []
  if (!post || !user) return null
  const label = t('tags.waitingOf', { name: user.username })
  return (
    <li className={styles.row}>
      <Link to="/p/$postId" params={{ postId }} className={styles.thumb} aria-label={label}>
        {first && <MediaBox media={first} fallbackAlt="" place={THUMB} ratio={1} />}
      </Link>
      <span className={styles.grow}>{label}</span>
      <TagAnswer post={post} pending />
    </li>
  )
}
