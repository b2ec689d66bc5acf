import { Link } from '@tanstack/react-router'
import type { PostId } from '@tintype/contract'
import { Play } from 'lucide-react'
import { useUser } from '../../data/entities/entities.ts'
import { useListed } from '../../data/use-listed.ts'
import { formatShort } from '../../kit/i18n.ts'
import { MediaBox } from '../../ui/MediaBox.tsx'
import type { Place } from '../../ui/media-sources.ts'
import { VisuallyHidden } from '../../ui/VisuallyHidden.tsx'
import { Covered } from '../grid/Covered.tsx'
import grid from '../grid/Tile.module.css'
import { isCovered } from '../post/covered.ts'
import { t } from './messages.ts'
import styles from './ReelTile.module.css'

/** Which list is watched from this reel on. */
export interface Among {
  by?: string
  sound?: PostId
}

interface ReelTileProps {
  postId: PostId
  place: Place
  eager?: boolean
  among: Among
}

/** A reel in a grid: its poster, upright, and how often it was played. */
export function ReelTile({ postId, place, eager, among }: ReelTileProps) {
  const post = useListed('posts', postId)
  const user = useUser(post?.user_id)
  const [film] = post?.media ?? []
  if (!post || !user) return <span className={grid.tile} />
  const { plays_count: plays } = post
  return (
    <Link to="/reels/$postId" params={{ postId }} search={among} className={grid.tile} preload={false}>
      <span className={grid.picture}>
        {film && isCovered(post) && <Covered hash={film.thumbhash} />}
        {film && !isCovered(post) && (
          <MediaBox
            media={film}
            fallbackAlt={t('reels.by', { name: user.username })}
            place={place}
            ratio={9 / 16}
            eager={eager}
          />
        )}
      </span>
      {plays !== undefined && (
        <span className={styles.plays}>
          <Play aria-hidden size={14} fill="currentColor" />
          <span aria-hidden="true">{formatShort(plays)}</span>
          <VisuallyHidden>{t('reels.plays', { count: plays })}</VisuallyHidden>
        </span>
      )}
    </Link>
  )
}
