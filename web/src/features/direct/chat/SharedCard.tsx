import type { Attachment, PostId } from '@tintype/contract'
import { ImageOff } from 'lucide-react'
import { t } from '../../../things/direct/messages.ts'
import { useOpen } from '../../../things/post/use-open.ts'
import { Avatar } from '../../../ui/Avatar.tsx'
import { MediaBox } from '../../../ui/MediaBox.tsx'
import styles from './SharedCard.module.css'

type Share = Extract<Attachment, { type: 'share' }>

const titles = {
  post: (name: string) => t('share.post', { name }),
  story: (name: string) => t('share.story', { name }),
  member: (name: string) => t('share.profile', { name }),
} as const

/** A post, a story or a profile as its reader may see it; nothing is told of what they may not. */
export function SharedCard({ share, isOwn }: { share: Share; isOwn: boolean }) {
  return (
    <>
      {share.purpose !== 'share' && (
        <p className={styles.purpose}>{isOwn ? t('share.youReplied') : t('share.repliedYours')}</p>
      )}
      {share.preview && share.available ? <Card share={share} preview={share.preview} /> : <NotAvailable />}
    </>
  )
}

export const NotAvailable = () => (
  <div className={styles.gone}>
    <ImageOff aria-hidden size={20} strokeWidth={1.75} />
    <span>
      <strong>{t('share.gone')}</strong>
      {t('share.goneText')}
    </span>
  </div>
)

const PLACE = { phone: '64vw', wide: '260px' }
const SQUARE = 1
const TALL = 9 / 14

interface CardProps {
  share: Pick<Share, 'kind' | 'id' | 'purpose'>
  preview: NonNullable<Share['preview']>
}

function Card({ share: { kind, id, purpose }, preview: { author, address, text, picture } }: CardProps) {
  const handleClick = useOpen(address, kind === 'post' ? (id as PostId) : undefined)
  const isSmall = purpose !== 'share'
  return (
    <a href={address} className={styles.card} data-small={isSmall || undefined} onClick={handleClick}>
      <span className={styles.author}>
        <Avatar user={author} size={28} />
        <span className={styles.names}>
          <span className={styles.name}>{titles[kind](author.username)}</span>
          {kind === 'member' && <span className={styles.note}>{author.full_name}</span>}
        </span>
      </span>
      {picture && (
        <MediaBox
          media={picture}
          fallbackAlt={titles[kind](author.username)}
          place={PLACE}
          ratio={kind === 'story' ? TALL : SQUARE}
        />
      )}
      {text && (
        <span className={styles.text} dir="auto">
          {text}
        </span>
      )}
    </a>
  )
}
