import type { Attachment } from '@tintype/contract'
import type { MessageEntity } from '../../../data/entities/types.ts'
import { t } from '../../../things/direct/messages.ts'
import { ForeignLink } from './ForeignLink.tsx'
import { LinkPreview } from './LinkPreview.tsx'
import styles from './MessageBody.module.css'
import { OncePhoto } from './OncePhoto.tsx'
import { linkOf } from './own-links.ts'
import { Photos } from './Photos.tsx'
import { SharedCard } from './SharedCard.tsx'
import { VoiceNote } from './VoiceNote.tsx'
import { Words } from './Words.tsx'

type Of<K extends Attachment['type']> = Extract<Attachment, { type: K }>
const only = <K extends Attachment['type']>(attachments: readonly Attachment[], type: K): Of<K>[] =>
  attachments.filter((one): one is Of<K> => one.type === type)

/** What was said: pictures and what is shared stand above the words. */
export function MessageBody({ message, name }: { message: MessageEntity; name: string }) {
  if (message.unsent)
    return (
      <p className={styles.note}>{message.is_own ? t('message.unsent') : t('message.unsentBy', { name })}</p>
    )
  const { attachments, body } = message
  const photos = attachments.filter((one) => one.type === 'photo' || one.type === 'video')
  const link = body && attachments.length === 0 ? linkOf(body) : undefined
  const isOnce = message.expires === 'view_once'
  const isUnknown = !body && attachments.length === 0
  return (
    <div className={styles.stack}>
      {only(attachments, 'share').map((share) => (
        <SharedCard key={share.id} share={share} isOwn={message.is_own} />
      ))}
      {photos.length > 0 &&
        (isOnce ? (
          <OncePhoto message={message} name={name} />
        ) : (
          <Photos
            messageId={message.message_id}
            photos={photos}
            name={name}
            sentAs={message.client_message_id}
          />
        ))}
      {message.expires === 'day' && <p className={styles.hint}>{t('message.dayHint')}</p>}
      {only(attachments, 'voice').map((voice) => (
        <VoiceNote key={voice.url} voice={voice} />
      ))}
      {(body || isUnknown) && (
        <div className={styles.bubble}>
          <Words text={body ?? t('message.unknown')} />
          {message.edited_at && <span className={styles.edited}> {t('message.edited')}</span>}
        </div>
      )}
      {link ? <LinkPreview link={link} /> : message.link && <ForeignLink link={message.link} />}
    </div>
  )
}
