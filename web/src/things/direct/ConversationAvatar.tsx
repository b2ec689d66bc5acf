import type { ConversationEntity } from '../../data/entities/types.ts'
import { Avatar } from '../../ui/Avatar.tsx'
import styles from './ConversationAvatar.module.css'
import type { ConversationFace } from './conversation-face.ts'

interface ConversationAvatarProps {
  conversation: Pick<ConversationEntity, 'conversation_id' | 'kind' | 'name' | 'picture'>
  face: ConversationFace
  size: 32 | 44 | 56 | 96
}

const inner = { 32: 24, 44: 28, 56: 40, 96: 64 } as const

/** The other one's picture; of a group its own, or two of those in it. */
export function ConversationAvatar({ conversation, face, size }: ConversationAvatarProps) {
  const { kind, name, picture, conversation_id } = conversation
  const [first, second] = face.others
  if (kind === 'group' && !picture && first && second)
    return (
      <span className={styles.pair} style={{ inlineSize: size, blockSize: size }}>
        <span className={styles.back}>
          <Avatar user={second} size={inner[size]} />
        </span>
        <span className={styles.front}>
          <Avatar user={first} size={inner[size]} />
        </span>
      </span>
    )
  if (kind === 'direct' && first) return <Avatar user={first} size={size} />
  const group = { username: conversation_id, full_name: name ?? face.name, profile_picture: picture }
  return <Avatar user={group} size={size} />
}
