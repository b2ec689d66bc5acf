import type { NotificationId, NotificationType, UserId } from '@tintype/contract'
import type { Fact } from '../notice.ts'
import type { DatedFact, GroupRow } from './group-store.ts'

/** Within so long what one member does to several things is one notice. */
const WINDOW_MS = 5 * 60_000

/** Kinds of which several are told as one. A request waits for its own answer, a mention is about its own text. */
const grouped: ReadonlySet<NotificationType> = new Set([
  'like',
  'repost',
  'comment_like',
  'comment',
  'follow',
  'story_reaction',
  'story_answer',
])

/** What it was done to: a comment is about the post that it stands under. */
export const placeOf = ({ subject, type }: Fact): string =>
  type === 'comment_like' ? subject.id : subject.partition

/**
 * Gives each new fact of a member the group that it joins, as long as that is unread: what the same member did to other things within the
 * last minutes; else what others did to the same thing; else a group of its own. Answers the groups as they are then.
 */
export function joinGroups(
  facts: readonly DatedFact[],
  open: readonly GroupRow[],
): { groups: GroupRow[]; groupOf: Map<DatedFact, NotificationId> } {
  const known = [...open]
  const changed = new Set<GroupRow>()
  const groupOf = new Map<DatedFact, NotificationId>()
  for (const fact of [...facts].sort((a, b) => (a.notification_id < b.notification_id ? -1 : 1))) {
    const group = groupFor(fact, known)
    if (!known.includes(group)) known.push(group)
    if (group.actor_id !== fact.actor_id) group.actor_id = null
    if (group.place_id !== placeOf(fact)) group.place_id = null
    if (fact.notification_id > group.latest_id) {
      group.latest_id = fact.notification_id
      group.latest_at = fact.created_at
    }
    changed.add(group)
    groupOf.set(fact, group.group_id)
  }
  return { groups: [...changed], groupOf }
}

function groupFor(fact: DatedFact, known: readonly GroupRow[]): GroupRow {
  const { user_id, type, actor_id, created_at, notification_id } = fact
  const place_id = placeOf(fact)
  const alike = grouped.has(type) ? known.filter((one) => one.user_id === user_id && one.type === type) : []
  const since = created_at.getTime() - WINDOW_MS
  return (
    alike.find((one) => one.actor_id === actor_id && one.latest_at.getTime() >= since) ??
    alike.find((one) => one.place_id === place_id) ?? {
      user_id: user_id as UserId,
      group_id: notification_id,
      type,
      place_id,
      actor_id,
      latest_id: notification_id,
      latest_at: created_at,
    }
  )
}
