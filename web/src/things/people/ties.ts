import type { Relationship, UserId } from '@tintype/contract'
import { entities } from '../../data/entities/entities.ts'
import { setTie } from '../../data/entities/intents.ts'
import { queryClient } from '../../data/query-client.ts'
import { t } from '../../kit/messages.ts'
import { toast } from '../../ui/toast.ts'

/** Lists that a change of ties makes old; they reload when they are next looked at. */
function feedsChanged(): void {
  void queryClient.invalidateQueries({ queryKey: ['posts', 'home'], refetchType: 'none' })
  void queryClient.invalidateQueries({ queryKey: ['users'], refetchType: 'none' })
}

export async function setFollowing(userId: UserId, want: boolean): Promise<Relationship | undefined> {
  const outcome = await setTie(userId, 'following', want)
  if (!outcome) return
  feedsChanged()
  const user = entities.get('users', userId)
  // A private account opens or closes with the follow.
  if (user?.is_private) await queryClient.invalidateQueries({ queryKey: ['profile', user.username] })
  return outcome
}

export async function setBlocking(userId: UserId, want: boolean): Promise<Relationship | undefined> {
  const outcome = await setTie(userId, 'blocking', want)
  if (!outcome) return
  for (const id of entities.find('posts', (post) => post.user_id === userId))
    if (want) entities.remove('posts', id)
  feedsChanged()
  await queryClient.invalidateQueries({ queryKey: ['profile', entities.get('users', userId)?.username] })
  return outcome
}

/** Says that it is so: nothing on the screen shows it. */
export async function setMuting(userId: UserId, want: boolean): Promise<Relationship | undefined> {
  const outcome = await setTie(userId, 'muting', want)
  if (!outcome) return
  feedsChanged()
  toast(outcome.muting ? t('profile.muted') : t('profile.unmuted'))
  return outcome
}
