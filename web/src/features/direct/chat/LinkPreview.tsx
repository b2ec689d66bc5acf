import { useQuery } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import type { PostId } from '@tintype/contract'
import type { MouseEvent, ReactNode } from 'react'
import { api } from '../../../data/client.ts'
import { usePost, useUser } from '../../../data/entities/entities.ts'
import { ingestProfile } from '../../../data/entities/ingest.ts'
import { nameOf } from '../../../things/direct/conversation-face.ts'
import { t } from '../../../things/direct/messages.ts'
import { isCovered } from '../../../things/post/covered.ts'
import { postQuery } from '../../../things/post/post-query.ts'
import { openPost } from '../../../things/post/post-target.ts'
import { Avatar } from '../../../ui/Avatar.tsx'
import { MediaBox } from '../../../ui/MediaBox.tsx'
import type { OwnLink } from './own-links.ts'
import styles from './SharedCard.module.css'

const PLACE = { phone: '72px', wide: '72px' }

/** What a link of this place leads to; asked as its reader, so that nobody sees what they may not. */
export function LinkPreview({ link }: { link: OwnLink }) {
  return link.kind === 'post' ? <PostPreview link={link} /> : <ProfilePreview link={link} />
}

function PostPreview({ link }: { link: Extract<OwnLink, { kind: 'post' }> }) {
  const router = useRouter()
  const id = link.id as PostId
  const { data, isError } = useQuery({ ...postQuery(id), retry: false })
  const post = usePost(data ?? undefined)
  const user = useUser(post?.user_id)
  if (isError) return <Line title={t('share.gone')} text={t('share.goneText')} />
  const picture = post && !isCovered(post) ? post.media[0] : undefined
  return (
    <Line
      link={link}
      onOpen={() => void openPost(router, id)}
      title={user ? t('share.post', { name: user.username }) : ''}
      text={post?.caption ?? ''}
      thumb={
        <span className={styles.thumb}>
          {picture && <MediaBox media={picture} fallbackAlt="" place={PLACE} ratio={1} />}
        </span>
      }
    />
  )
}

function ProfilePreview({ link }: { link: Extract<OwnLink, { kind: 'profile' }> }) {
  const { username } = link
  const router = useRouter()
  const { data, isError } = useQuery({
    queryKey: ['profile', username],
    queryFn: async ({ signal }) => ingestProfile(await api.members.profile({ params: { username }, signal })),
    retry: false,
  })
  const user = useUser(data)
  if (isError) return <Line title={t('share.gone')} text={t('share.goneText')} />
  return (
    <Line
      link={link}
      onOpen={() => void router.navigate({ to: '/$username', params: { username } })}
      title={user ? nameOf(user) : ''}
      text={user?.username ?? ''}
      thumb={<span className={styles.round}>{user && <Avatar user={user} size={44} />}</span>}
    />
  )
}

interface LineProps {
  link?: OwnLink
  onOpen?: () => void
  title: string
  text: string
  thumb?: ReactNode
}

function Line({ link, onOpen, title, text, thumb }: LineProps) {
  const inner = (
    <>
      {thumb ?? <span />}
      <span className={styles.names}>
        <span className={styles.name}>{title}</span>
        <span className={styles.note}>{text}</span>
      </span>
    </>
  )
  if (!link) return <div className={styles.link}>{inner}</div>
  const handleClick = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    onOpen?.()
  }
  return (
    <a href={link.address} className={styles.link} onClick={handleClick}>
      {inner}
    </a>
  )
}
