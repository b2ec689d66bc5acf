import type { MediaId, UserId } from '@tintype/contract'
import { isUuid } from '../../kit/cursor.ts'
import type { ArchiveDeps } from './deps.ts'

type Json = Record<string, unknown>
type Look = (object: Json) => void

function walk(value: unknown, look: Look): void {
  if (Array.isArray(value)) for (const one of value) walk(one, look)
  else if (typeof value === 'object' && value !== null) {
    look(value as Json)
    for (const one of Object.values(value)) walk(one, look)
  }
}

/**
 * Adds what ids mean: `username` beside `user_id`, `file` beside `media_id`. Who has left has no name, nor has whoever blocked the member: they
 * are not to be found by it. What is not in the archive has no file.
 */
export async function fill(
  { members, media, graph }: Pick<ArchiveDeps, 'members' | 'media' | 'graph'>,
  owner: UserId,
  entries: readonly unknown[],
): Promise<void> {
  const users = new Set<UserId>()
  const files = new Set<MediaId>()
  walk(entries, ({ user_id, media_id }) => {
    if (typeof user_id === 'string' && isUuid(user_id)) users.add(user_id as UserId)
    if (typeof media_id === 'string') files.add(media_id as MediaId)
  })
  const [usernames, names, { blockedBy, blocking }] = await Promise.all([
    users.size === 0 ? new Map<UserId, string>() : members.usernames([...users]),
    files.size === 0
      ? new Map<MediaId, { file: string; shown: string | null }>()
      : media.namesOf(owner, [...files]),
    graph.relations(owner),
  ])
  const nameOf = (id: UserId) => (blockedBy.has(id) && !blocking.has(id) ? null : (usernames.get(id) ?? null))
  walk(entries, (object) => {
    if ('user_id' in object) object.username = nameOf(object.user_id as UserId)
    if ('media_id' in object) object.file = names.get(object.media_id as MediaId)?.file ?? null
  })
}
