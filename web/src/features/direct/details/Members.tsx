import { useNavigate } from '@tanstack/react-router'
import { Ellipsis } from 'lucide-react'
import { useState } from 'react'
import { api } from '../../../data/client.ts'
import { change } from '../../../data/direct/conversation-intents.ts'
import { useUser } from '../../../data/entities/entities.ts'
import type { ConversationEntity, Membership, UserEntity } from '../../../data/entities/types.ts'
import { useMember } from '../../../data/member.ts'
import { t } from '../../../things/direct/messages.ts'
import { ActionMenu } from '../../../ui/ActionMenu.tsx'
import { Button } from '../../../ui/Button.tsx'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { UserRow } from '../../../ui/UserRow.tsx'
import { AddPeople } from './AddPeople.tsx'
import styles from './Details.module.css'

interface MembersProps {
  conversation: ConversationEntity
  isAdmin: boolean
}

/** Who is in it; admins of a group may do something about each. */
export function Members({ conversation, isAdmin }: MembersProps) {
  const [adding, setAdding] = useState(false)
  return (
    <section className={styles.block} aria-label={t('details.members')}>
      <div className={styles.head}>
        <h3 className={styles.title}>{t('details.members')}</h3>
        {isAdmin && <Button label={t('details.add')} tone="text" onPress={() => setAdding(true)} />}
      </div>
      <ul>
        {conversation.members.map((member) => (
          <li key={member.user_id}>
            <MemberRow conversation={conversation} member={member} isAdmin={isAdmin} />
          </li>
        ))}
      </ul>
      <AddPeople conversation={conversation} open={adding} onClose={() => setAdding(false)} />
    </section>
  )
}

interface MemberRowProps extends MembersProps {
  member: Membership
}

function MemberRow({ conversation, member, isAdmin }: MemberRowProps) {
  const me = useMember()
  const user = useUser(member.user_id)
  if (!user) return null
  const isGroup = conversation.kind === 'group'
  return (
    <UserRow
      user={user}
      action={
        <span className={styles.aside}>
          {isGroup && member.role === 'admin' && <span className={styles.role}>{t('details.admin')}</span>}
          {isAdmin && member.user_id !== me.user_id && (
            <MemberMenu conversation={conversation} member={member} user={user} />
          )}
        </span>
      }
    />
  )
}

interface MemberMenuProps {
  conversation: ConversationEntity
  member: Membership
  user: UserEntity
}

function MemberMenu({ conversation: { conversation_id }, member, user: { username } }: MemberMenuProps) {
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const [asking, setAsking] = useState(false)
  const params = { conversation_id, username }
  const set = member.role === 'admin' ? 'removeAdmin' : 'makeAdmin'
  return (
    <>
      <IconButton
        icon={Ellipsis}
        size="small"
        label={t('details.memberMenu', { name: username })}
        onPress={() => setOpen(true)}
      />
      <ActionMenu
        open={open}
        onClose={() => setOpen(false)}
        label={t('details.memberMenu', { name: username })}
        actions={[
          {
            label: t('details.profile'),
            onPress: () => void navigate({ to: '/$username', params: { username } }),
          },
          {
            label: member.role === 'admin' ? t('details.dropAdmin') : t('details.makeAdmin'),
            onPress: () => void change(() => api.conversations[set]({ params })),
          },
          { label: t('details.takeOut'), tone: 'danger', onPress: () => setAsking(true) },
        ]}
      />
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={t('details.takeOutTitle', { name: username })}
        text={t('details.takeOutText')}
        action={t('details.takeOut')}
        onConfirm={() => {
          setAsking(false)
          void change(() => api.conversations.removeMember({ params }))
        }}
      />
    </>
  )
}
