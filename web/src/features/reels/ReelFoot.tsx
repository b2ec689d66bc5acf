import { Link } from '@tanstack/react-router'
import type { Video } from '@tintype/contract'
import { Music2 } from 'lucide-react'
import { useLayoutEffect, useRef, useState } from 'react'
import type { PostEntity, UserEntity } from '../../data/entities/types.ts'
import { FollowButton } from '../../things/people/FollowButton.tsx'
import { t } from '../../things/reels/messages.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { RichText } from '../../ui/RichText.tsx'
import { Verified } from '../../ui/Verified.tsx'
import styles from './ReelFoot.module.css'

interface ReelFootProps {
  post: PostEntity
  user: UserEntity
  film: Video
}

/** Whose it is, what they say of it, and what it sounds like; lies on the film. */
export function ReelFoot({ post, user, film }: ReelFootProps) {
  return (
    <div className={styles.foot}>
      <div className={styles.author}>
        <Link to="/$username" params={{ username: user.username }} className={styles.name}>
          <Avatar user={user} size={32} />
          <span className={styles.username}>
            {user.username}
            <Verified user={user} />
          </span>
        </Link>
        <FollowButton userId={user.user_id} onlyNew />
      </div>
      {post.caption && <ReelCaption key={post.caption} post={post} />}
      <SoundLine post={post} film={film} />
    </div>
  )
}

function ReelCaption({ post }: { post: PostEntity }) {
  const box = useRef<HTMLParagraphElement>(null)
  const [isLong, setLong] = useState(false)
  const [isOpen, setOpen] = useState(false)
  useLayoutEffect(() => {
    const element = box.current
    if (element && element.scrollHeight > element.clientHeight + 1) setLong(true)
  }, [])
  return (
    <div className={styles.caption}>
      <p ref={box} className={isOpen ? styles.open : styles.clamp} tabIndex={isOpen ? 0 : undefined}>
        <RichText text={post.caption} facets={post.facets} />
      </p>
      {isLong && (
        <button type="button" className={styles.more} aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {t(isOpen ? 'reels.less' : 'reels.more')}
        </button>
      )}
    </div>
  )
}

function SoundLine({ post, film }: { post: PostEntity; film: Video }) {
  const { sound, reel } = post
  if (sound)
    return (
      <Link to="/sounds/$soundId" params={{ soundId: sound.sound_id }} className={styles.sound}>
        <Music2 aria-hidden size={14} />
        <span className={styles.line}>{t('sound.of', { name: sound.user.username })}</span>
      </Link>
    )
  const said = reel?.sound_id ? t('sound.gone') : film.has_sound ? t('sound.own') : undefined
  return said ? (
    <p className={styles.sound}>
      <Music2 aria-hidden size={14} />
      <span className={styles.line}>{said}</span>
    </p>
  ) : null
}
