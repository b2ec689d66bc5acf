import { useSyncExternalStore } from 'react'
import { discard, type Outgoing, sendAgain } from '../../../data/direct/outbox.ts'
import { useMessage, useUser } from '../../../data/entities/entities.ts'
import { useMember } from '../../../data/member.ts'
import { excerptOf } from '../../../things/direct/message-text.ts'
import { t } from '../../../things/direct/messages.ts'
import { Button } from '../../../ui/Button.tsx'
import bubble from './MessageBody.module.css'
import styles from './MessageRow.module.css'
import type { Placing } from './message-rows.ts'
import { Quote } from './ReplyQuote.tsx'
import status from './StatusLine.module.css'
import { WaitingPhoto } from './WaitingPhoto.tsx'
import { Words } from './Words.tsx'

/** One's own that the server does not have yet. */
export function OutgoingRow({ outgoing, first, last }: Placing & { outgoing: Outgoing }) {
  const { text, photos } = outgoing
  const isOnce = photos.length > 0 && outgoing.expires === 'view_once'
  return (
    <div className={styles.message} data-own data-first={first || undefined} data-last={last || undefined}>
      <div className={styles.column}>
        <div className={bubble.stack} data-waiting>
          {outgoing.reply_to && <RepliedTo outgoing={outgoing} />}
          {photos.length > 0 && !isOnce && (
            <div className={bubble.photos} data-count={photos.length}>
              {photos.map((photo, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: they stay as they are
                <WaitingPhoto key={index} photo={photo} />
              ))}
            </div>
          )}
          {isOnce && <p className={bubble.note}>{t('message.onceOwn')}</p>}
          {outgoing.voice && <p className={bubble.note}>{t('message.voice')}</p>}
          {text && (
            <div className={bubble.bubble}>
              <Words text={text} />
            </div>
          )}
        </div>
        <Status outgoing={outgoing} />
      </div>
    </div>
  )
}

function RepliedTo({ outgoing }: { outgoing: Outgoing }) {
  const me = useMember()
  const message = useMessage(outgoing.reply_to ?? undefined)
  const user = useUser(message?.user_id ?? undefined)
  if (!message) return null
  return <Quote user={user ?? null} text={excerptOf(message, me.user_id)} />
}

function subscribe(listener: () => void) {
  for (const type of ['online', 'offline']) window.addEventListener(type, listener)
  return () => {
    for (const type of ['online', 'offline']) window.removeEventListener(type, listener)
  }
}

function Status({ outgoing }: { outgoing: Outgoing }) {
  const isOnline = useSyncExternalStore(
    subscribe,
    () => navigator.onLine,
    () => true,
  )
  if (outgoing.refusal === null)
    return <p className={status.status}>{isOnline ? t('message.sending') : t('message.waiting')}</p>
  return (
    <div className={status.status}>
      <span role="alert" className={status.failed}>
        {t('message.failed', { reason: outgoing.refusal })}
      </span>
      <Button label={t('message.again')} tone="text" size="small" onPress={() => sendAgain(outgoing)} />
      <Button label={t('message.discard')} tone="text" size="small" onPress={() => discard(outgoing)} />
    </div>
  )
}
