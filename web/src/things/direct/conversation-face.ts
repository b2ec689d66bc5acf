import type { UserId, UserSummary } from '@tintype/contract'
import { othersIn } from '../../data/direct/conversations.ts'
import { entities } from '../../data/entities/entities.ts'
import type { ConversationEntity } from '../../data/entities/types.ts'
import { t } from './messages.ts'

type Named = Pick<UserSummary, 'username' | 'full_name'>

export const nameOf = ({ full_name, username }: Named): string => full_name || username

/** How many of a group without a name are named instead of it. */
const NAMED = 3

export interface ConversationFace {
  name: string
  /** The other one; undefined of groups, and where they are not to be seen any more. */
  other: UserSummary | undefined
  others: UserSummary[]
}

/** What a conversation is called, and who is in it. */
export function faceOf(conversation: ConversationEntity, me: UserId): ConversationFace {
  const others = othersIn(conversation, me).flatMap((id) => entities.get('users', id) ?? [])
  const isGroup = conversation.kind === 'group'
  const other = isGroup ? undefined : others[0]
  return { name: conversation.name ?? namesOf(others), other, others }
}

function namesOf(others: readonly UserSummary[]): string {
  if (others.length === 0) return t('face.nobody')
  const shown = others.length === 1 ? others.map(nameOf) : others.slice(0, NAMED).map((one) => shortName(one))
  const rest = others.length - shown.length
  return rest > 0 ? `${shown.join(', ')} +${rest}` : shown.join(', ')
}

/** The first word of a name. */
export const shortName = (user: Named): string => nameOf(user).split(' ')[0] ?? user.username
