import { Link } from '@tanstack/react-router'
import type { MessageId, UserId } from '@tintype/contract'
import { ChevronLeft, Info, Search } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import type { ConversationEntity } from '../../../data/entities/types.ts'
import { useMember } from '../../../data/member.ts'
import { usePageTitle } from '../../../shell/page-title.ts'
import { useIsPhone } from '../../../shell/viewport.ts'
import { ConversationAvatar } from '../../../things/direct/ConversationAvatar.tsx'
import { type ConversationFace, faceOf } from '../../../things/direct/conversation-face.ts'
import { t } from '../../../things/direct/messages.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { lazyWhenOpen } from '../../../ui/lazy-when-open.tsx'
import { relativeTime } from '../../../ui/relative-time.ts'
import { Verified } from '../../../ui/Verified.tsx'
import styles from './ChatHead.module.css'
import type { useCompany } from './use-typing.ts'

const DetailsDialog = lazyWhenOpen(() => import('../details/DetailsDialog.tsx'))
const FindDialog = lazyWhenOpen(() => import('./FindDialog.tsx'))

type Company = ReturnType<typeof useCompany>

interface ChatHeadProps {
  conversation: ConversationEntity
  company: Company
  onShow: (id: MessageId) => void
}

export function ChatHead({ conversation, company, onShow }: ChatHeadProps) {
  const me = useMember()
  const phone = useIsPhone()
  const [sheet, setSheet] = useState<'details' | 'find' | null>(null)
  const face = faceOf(conversation, me.user_id)
  usePageTitle(face.name)
  const Name = phone ? 'h1' : 'h2'
  const close = () => setSheet(null)
  return (
    <header className={styles.head}>
      {phone && (
        <Link to="/direct/inbox" className={styles.back} aria-label={t('chat.back')}>
          <ChevronLeft aria-hidden size={24} />
        </Link>
      )}
      <Who face={face}>
        <ConversationAvatar conversation={conversation} face={face} size={44} />
        <span className={styles.names}>
          <Name className={styles.name}>
            {face.name}
            {face.other && <Verified user={face.other} />}
          </Name>
          <span className={styles.note}>{noteOf(conversation, face, company)}</span>
        </span>
      </Who>
      <IconButton icon={Search} label={t('chat.search')} onPress={() => setSheet('find')} />
      <IconButton icon={Info} label={t('chat.details')} onPress={() => setSheet('details')} />
      <FindDialog
        open={sheet === 'find'}
        onClose={close}
        id={conversation.conversation_id}
        onShow={(id) => {
          close()
          onShow(id)
        }}
      />
      <DetailsDialog open={sheet === 'details'} onClose={close} id={conversation.conversation_id} />
    </header>
  )
}

function Who({ face, children }: { face: ConversationFace; children: ReactNode }) {
  if (!face.other) return <div className={styles.who}>{children}</div>
  return (
    <Link to="/$username" params={{ username: face.other.username }} className={styles.who}>
      {children}
    </Link>
  )
}

/** Whether they are there; of a group how many it has. */
function noteOf(conversation: ConversationEntity, face: ConversationFace, { active, seen }: Company): string {
  if (conversation.kind === 'group') {
    const here = face.others.filter(({ user_id }) => active.has(user_id)).length
    const count = t('chat.members', { count: conversation.members.length })
    return here > 0 ? `${count} · ${t('chat.activeCount', { count: here })}` : count
  }
  const id = face.other?.user_id as UserId | undefined
  if (!id) return ''
  if (conversation.members.some(({ user_id, quiet }) => user_id === id && quiet)) return t('chat.quiet')
  if (active.has(id)) return t('chat.active')
  const last = seen.get(id)?.last_active_at
  if (!last) return face.other?.username ?? ''
  return t('chat.activeAgo', { time: relativeTime(new Date(last), Date.now()) })
}
