import { useState } from 'react'
import { api } from '../../../data/client.ts'
import { refreshConversation } from '../../../data/direct/conversations.ts'
import type { ConversationEntity } from '../../../data/entities/types.ts'
import { reportError } from '../../../data/report-error.ts'
import { t } from '../../../things/direct/messages.ts'
import { copyText } from '../../../things/post/share.ts'
import { Button } from '../../../ui/Button.tsx'
import { toast } from '../../../ui/toast.ts'
import styles from './Details.module.css'

const linkOf = (code: string) => new URL(`/direct/join/${code}`, location.origin).href

/** For admins: whoever has it can join. */
export function InviteLink({ conversation }: { conversation: ConversationEntity }) {
  const { conversation_id, invite_code: code } = conversation
  const params = { conversation_id }
  const [busy, setBusy] = useState(false)
  const act = async (task: () => Promise<unknown>) => {
    setBusy(true)
    try {
      await task()
      await refreshConversation(conversation_id)
    } catch (error) {
      reportError(error)
    }
    setBusy(false)
  }
  const end = async () => {
    await api.conversations.uninvite({ params })
    toast(t('details.inviteEnded'))
  }
  return (
    <section className={styles.block} aria-label={t('details.invite')}>
      <h3 className={styles.title}>{t('details.invite')}</h3>
      <p className={styles.note}>{t('details.inviteHint')}</p>
      {code && <p className={styles.link}>{linkOf(code)}</p>}
      <div className={styles.actions}>
        {code ? (
          <>
            <Button label={t('details.inviteCopy')} tone="ink" onPress={() => void copyText(linkOf(code))} />
            <Button label={t('details.inviteEnd')} busy={busy} onPress={() => void act(end)} />
          </>
        ) : (
          <Button
            label={t('details.inviteMake')}
            busy={busy}
            onPress={() => void act(() => api.conversations.invite({ params }))}
          />
        )}
      </div>
    </section>
  )
}
