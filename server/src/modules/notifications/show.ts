import { type Notification, smallestUrl, type UserId, type UserListEntry } from '@tintype/contract'
import { excerptOf } from '../../text/excerpt.ts'
import { type SubjectPreview, type Subjects, subjectKey } from '../subject.ts'
import type { ListedGroup } from './list-store.ts'
import type { NotificationRow } from './store.ts'

export interface ShowDeps {
  graph: {
    /** Absent: those hidden from the viewer. */
    listEntries(viewerId: UserId, ids: readonly UserId[]): Promise<Map<UserId, UserListEntry>>
  }
  subjects: Pick<Subjects, 'previews'>
}

const EXCERPT = 140
/** Of other things the picture says which. */
const quoted: ReadonlySet<string> = new Set(['comment', 'collection', 'announcement'])
/** Beside the newest one. */
const MORE_ACTORS = 2

export interface Shown {
  notification: Notification
  /** What the newest notice is about, as the member sees it. */
  preview: SubjectPreview
}

/** Groups as their member sees them, by position; undefined where nothing of it is left to see. */
export async function showGroups(
  { graph, subjects }: ShowDeps,
  viewerId: UserId,
  groups: readonly ListedGroup[],
): Promise<(Shown | undefined)[]> {
  const notices = groups.flatMap((group) => group.notices)
  const about = new Map(notices.map(({ subject }) => [subjectKey(subject), subject]))
  const [actors, previews] = await Promise.all([
    graph.listEntries(viewerId, [...new Set(notices.map((notice) => notice.actor_id))]),
    subjects.previews(viewerId, [...about.values()]),
  ])
  return groups.map((group) => shown(group, actors, previews))
}

function shown(
  group: ListedGroup,
  actors: ReadonlyMap<UserId, UserListEntry>,
  previews: ReadonlyMap<string, SubjectPreview>,
): Shown | undefined {
  const seen = group.notices.filter(
    ({ actor_id, subject }) => actors.has(actor_id) && previews.has(subjectKey(subject)),
  )
  const [newest] = seen
  const actor = newest && actors.get(newest.actor_id)
  const preview = newest && previews.get(subjectKey(newest.subject))
  if (!newest || !actor || !preview) return undefined
  const others = [...new Set(seen.map((notice) => notice.actor_id))].filter((id) => id !== newest.actor_id)
  const hidden = (of: (notice: NotificationRow) => string) =>
    new Set(group.notices.map(of)).size - new Set(seen.map(of)).size
  const notification: Notification = {
    notification_id: group.latest_id,
    group_id: group.group_id,
    type: group.type,
    actor,
    more_actors: others.slice(0, MORE_ACTORS).flatMap((id) => actors.get(id) ?? []),
    others_count: Math.max(0, group.actors - 1 - hidden((notice) => notice.actor_id)),
    things_count: Math.max(1, group.things - hidden((notice) => notice.subject.id)),
    subject: newest.subject,
    address: newest.subject.kind === 'member' ? `/${actor.username}` : preview.address,
    excerpt: quoted.has(newest.subject.kind) ? excerptOf(preview.text, EXCERPT) : null,
    thumbnail: preview.picture && smallestUrl(preview.picture),
    read: group.read,
    created_at: newest.created_at.toISOString(),
  }
  return { notification, preview }
}
