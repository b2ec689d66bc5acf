import type { MediaAccess, Subjects } from '../subject.ts'
import type { LinkQuery, MediaLinks, Privacy } from './links.ts'
import type { ReadyMedia } from './store.ts'

type Attached = Pick<ReadyMedia, 'subject' | 'purpose' | 'expires_at'> &
  Partial<Pick<ReadyMedia, 'sealed' | 'owner_id'>>

/**
 * Who may see a picture: what the kind of its subject says of its purpose. Undefined, so nobody, where it is attached to nothing, where
 * no module serves that kind or states that purpose, and once it has expired.
 */
export function accessOf(
  { subject, purpose, expires_at, sealed, owner_id }: Attached,
  subjects: Pick<Subjects, 'mediaAccess'>,
  now: number,
): MediaAccess | undefined {
  if (subject === null || (expires_at !== null && expires_at <= now)) return undefined
  const access = subjects.mediaAccess(subject, purpose)
  if (!sealed || access === undefined) return access
  return async (viewerId, some) => new Set(viewerId === owner_id ? some.map(({ id }) => id) : [])
}

/** What is for some people alone has the links of a private account. */
export const privacyOf = ({ closed }: Pick<ReadyMedia, 'closed'>, privacy: Privacy): Privacy =>
  closed ? { ...privacy, is_private: true } : privacy

/** May the bearer of this link see it now? */
export async function permits(
  { media_id, subject }: Pick<ReadyMedia, 'media_id' | 'subject'>,
  access: MediaAccess | undefined,
  { links, query, privacy }: { links: MediaLinks; query: LinkQuery; privacy: Privacy },
): Promise<boolean> {
  if (access === undefined || subject === null) return false
  if (access === 'public') return true
  if (query.k === undefined) return false
  if (access === 'link') return links.permits(media_id, query, privacy)
  const viewer = links.viewerOf(media_id, query, privacy)
  return viewer !== undefined && (await access(viewer.id, [subject])).has(subject.id)
}
