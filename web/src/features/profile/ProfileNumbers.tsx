import { Link } from '@tanstack/react-router'
import type { UserEntity } from '../../data/entities/types.ts'
import { formatCount, formatShort } from '../../kit/i18n.ts'
import { t } from './messages.ts'
import styles from './ProfileNumbers.module.css'

/** Posts, followers, following; the latter two open who they are, where the viewer may know. */
export function ProfileNumbers({ user }: { user: UserEntity }) {
  const { posts_count: posts = 0, followers_count: followers = 0, following_count: following = 0 } = user
  const lists = [
    { list: 'followers', count: followers, text: t('profile.followers', { count: followers }) },
    { list: 'following', count: following, text: t('profile.following', { count: following }) },
  ] as const
  return (
    <ul className={styles.numbers}>
      <li>
        <Figure count={posts} text={t('profile.posts', { count: posts })} />
      </li>
      {lists.map(({ list, count, text }) => (
        <li key={list}>
          {user.can_view_content ? (
            <Link
              to="/$username/$list"
              params={{ username: user.username, list }}
              resetScroll={false}
              className={styles.link}
            >
              <Figure count={count} text={text} />
            </Link>
          ) : (
            <Figure count={count} text={text} />
          )}
        </li>
      ))}
    </ul>
  )
}

/** `1,204 followers` with the number set apart: stacked on a phone, in a line elsewhere. */
function Figure({ count, text }: { count: number; text: string }) {
  const word = text.replace(formatCount(count), '').trim()
  return (
    <span className={styles.figure}>
      <span className={styles.count} title={formatCount(count)}>
        {formatShort(count)}
      </span>{' '}
      <span className={styles.word}>{word}</span>
    </span>
  )
}
