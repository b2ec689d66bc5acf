import { Exact, type Id, idOf, type Static, Timestamp, Type, Written } from '../core/schema.ts'

export const announcementLimits = { text: 1000 } as const

export type AnnouncementId = Id<'announcement'>
export const AnnouncementId = idOf<AnnouncementId>()

export const AnnouncementText = Written('lines', { min: 1, max: announcementLimits.text })

/** What the community’s owner tells all members. */
export const Announcement = Exact({
  announcement_id: AnnouncementId,
  text: Type.String(),
  created_at: Timestamp,
})
export type Announcement = Static<typeof Announcement>
