import { type AnnouncementId, announcementSubject } from '@tintype/contract'
import { createT } from '@tintype/contract/core/texts'
import type { Db } from '../../engines/db/port.ts'
import type { People } from '../../views/people.ts'
import { begins, factOf, type Notices } from '../notice.ts'
import type { SubjectKind, SubjectPreview } from '../subject.ts'
import { readAnnouncements } from './announcement-store.ts'
import type { Announcements } from './announcements.ts'

const t = createT({ announcement: 'From the community: {text}' })

/** What the community says is said by none of its members: it is of who is told, so that muting the owner hides nothing. */
export const announcementNotices = ({ db }: { db: Db }): Notices => ({
  on: {
    'announcement.told': ({ announcement_id, member_ids }) =>
      begins(...member_ids.map((id) => factOf('announcement', id, id, announcementSubject(announcement_id)))),
  },
  faceless: ['announcement'],
  pushes: {
    announcement: { kind: 'community', body: ({ excerpt }) => t('announcement', { text: excerpt }) },
  },
  async stillTrue(facts) {
    const ours = facts.filter(({ type }) => type === 'announcement')
    if (ours.length === 0) return []
    const ids = new Set(ours.map(({ subject }) => subject.id as AnnouncementId))
    const rows = await readAnnouncements(db.query, [...ids])
    const standing = new Set<string>(rows.map((row) => row.announcement_id))
    return ours.filter(({ subject }) => standing.has(subject.id))
  },
})

interface KindDeps {
  announcements: Pick<Announcements, 'byIds'>
  people: Pick<People, 'summaries'>
}

/** Announcements, as notices point at them: for every member. */
export function announcementKind({ announcements, people }: KindDeps): SubjectKind {
  const idsOf = (subjects: readonly { id: string }[]) => subjects.map(({ id }) => id as AnnouncementId)
  return {
    kind: 'announcement',
    async visible(viewerId, subjects) {
      const rows = viewerId ? await announcements.byIds(idsOf(subjects)) : []
      return new Set(rows.map((row) => row.announcement_id))
    },
    async previews(viewerId, subjects) {
      if (viewerId === null) return new Map()
      const [rows, names] = await Promise.all([
        announcements.byIds(idsOf(subjects)),
        people.summaries([viewerId]),
      ])
      const author = names.get(viewerId)
      const address = '/notifications/announcements'
      return new Map(
        rows.flatMap(({ announcement_id: id, text }): [string, SubjectPreview][] =>
          author
            ? [
                [
                  id,
                  { subject: announcementSubject(id), type: 'article', address, author, text, picture: null },
                ],
              ]
            : [],
        ),
      )
    },
    ends: { 'announcement.deleted': ({ announcement_id }) => [announcementSubject(announcement_id)] },
  }
}
