import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { type ConversationInvite, TintypeError } from '@tintype/contract'
import { useState } from 'react'
import { api } from '../../data/client.ts'
import { takeConversation } from '../../data/direct/conversations.ts'
import { reportError } from '../../data/report-error.ts'
import { LoadError } from '../../shell/LoadError.tsx'
import narrow from '../../shell/Narrow.module.css'
import { ScreenHead } from '../../shell/ScreenHead.tsx'
import { nameOf } from '../../things/direct/conversation-face.ts'
import { t } from '../../things/direct/messages.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import { Button } from '../../ui/Button.tsx'
import { ButtonLink } from '../../ui/ButtonLink.tsx'
import { CrookedFrame } from '../../ui/drawings/CrookedFrame.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Skeleton } from '../../ui/Skeleton.tsx'
import styles from './JoinScreen.module.css'

/** What an invite link leads to. */
export default function JoinScreen() {
  const { code } = useParams({ from: '/frame/member/direct/join/$code' })
  const { data, error, refetch } = useQuery({
    queryKey: ['conversation-invite', code],
    queryFn: ({ signal }) => api.conversations.invitation({ params: { code }, signal }),
    staleTime: 0,
  })
  const isGone = error instanceof TintypeError && error.code === 'not_found'
  return (
    <div className={narrow.screen}>
      <ScreenHead title={t('join.title')} back />
      <div className={narrow.body}>
        {data ? (
          <Invited code={code} invite={data} />
        ) : isGone ? (
          <EmptyState
            drawing={<CrookedFrame />}
            title={t('join.gone')}
            text={t('join.goneText')}
            action={<ButtonLink to="/direct/inbox" label={t('chat.back')} />}
          />
        ) : error ? (
          <LoadError error={error} onRetry={refetch} />
        ) : (
          <div className={styles.card} aria-hidden>
            <Skeleton width="200px" />
            <Skeleton width="120px" />
          </div>
        )}
      </div>
    </div>
  )
}

function Invited({ code, invite }: { code: string; invite: ConversationInvite }) {
  const navigate = useNavigate()
  const [busy, setBusy] = useState(false)
  const open = (conversationId: string) =>
    navigate({ to: '/direct/t/$conversationId', params: { conversationId }, replace: true })
  const join = async () => {
    setBusy(true)
    try {
      await open(takeConversation(await api.conversations.join({ params: { code } })))
    } catch (error) {
      reportError(error)
      setBusy(false)
    }
  }
  const { conversation_id, name, members_count: count, known } = invite
  return (
    <div className={styles.card}>
      <p className={styles.note}>{t('join.invited')}</p>
      <h2 className={styles.name}>{name ?? t('join.unnamed')}</h2>
      <p className={styles.note}>{t('chat.members', { count })}</p>
      {known.length > 0 && (
        <ul className={styles.known}>
          {known.slice(0, 6).map((user) => (
            <li key={user.user_id}>
              <Avatar user={user} size={32} />
              {nameOf(user)}
            </li>
          ))}
        </ul>
      )}
      {conversation_id ? (
        <Button
          label={t('join.open')}
          tone="primary"
          size="large"
          onPress={() => void open(conversation_id)}
        />
      ) : (
        <>
          <Button
            label={t('join.action')}
            tone="primary"
            size="large"
            busy={busy}
            onPress={() => void join()}
          />
          <p className={styles.note}>{t('join.note')}</p>
        </>
      )}
    </div>
  )
}
