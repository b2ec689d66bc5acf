import { Link as LinkIcon, Lock } from 'lucide-react'
import type { UserEntity } from '../../data/entities/types.ts'
import { useIsPhone } from '../../shell/viewport.ts'
import { LivePicture } from '../../things/live/LivePicture.tsx'
import { StoryLink } from '../../things/story/StoryLink.tsx'
import { Avatar } from '../../ui/Avatar.tsx'
import { RichText } from '../../ui/RichText.tsx'
import { Verified } from '../../ui/Verified.tsx'
import { MutualLine } from './MutualLine.tsx'
import { t } from './messages.ts'
import { ProfileActions } from './ProfileActions.tsx'
import styles from './ProfileHead.module.css'
import { ProfileNumbers } from './ProfileNumbers.tsx'

/** Picture, name, numbers, words, buttons. */
export function ProfileHead({ user }: { user: UserEntity }) {
  const phone = useIsPhone()
  return (
    <section className={styles.head} aria-label={user.username}>
      <div className={styles.picture}>
        <LivePicture user={user} size={phone ? 77 : 150}>
          {user.stories ? (
            <StoryLink user={user} size={phone ? 77 : 150} />
          ) : (
            <Avatar user={user} size={phone ? 77 : 150} label={user.username} />
          )}
        </LivePicture>
      </div>
      <div className={styles.top}>
        <h2 className={styles.username}>
          {user.username}
          <Verified user={user} />
          {user.is_private && <Lock aria-label={t('profile.private')} size={16} strokeWidth={2.4} />}
        </h2>
        <div className={styles.actions}>
          <ProfileActions user={user} />
        </div>
      </div>
      <div className={styles.numbers}>
        <ProfileNumbers user={user} />
      </div>
      <div className={styles.words}>
        {(user.full_name || (phone && user.is_verified)) && (
          <p className={styles.name}>
            {user.full_name || user.username}
            {phone && <Verified user={user} />}
          </p>
        )}
        {user.bio && (
          <p>
            <RichText text={user.bio} />
          </p>
        )}
        {user.link && (
          <p>
            <a href={user.link} target="_blank" rel="noopener noreferrer nofollow me" className={styles.link}>
              <LinkIcon aria-hidden size={15} />
              {user.link.replace(/^https?:\/\/(www\.)?/i, '').replace(/\/$/, '')}
            </a>
          </p>
        )}
        <MutualLine user={user} />
      </div>
    </section>
  )
}
