import { type Consumer, consumer } from '../../engines/event-log/port.ts'
import { bind } from '../../gateway/binding.ts'
import type { People } from '../../views/people.ts'
import type { ModuleParts } from '../module.ts'
import { announcementKind } from './announcement-notices.ts'
import { type AnnouncementDeps, Announcements } from './announcements.ts'
import { Community, type CommunityDeps } from './community.ts'
import { announcementHandlers, communityHandlers } from './handlers.ts'
import { communityData } from './personal-store.ts'

export { announcementNotices } from './announcement-notices.ts'

export type CommunityModuleDeps = CommunityDeps & AnnouncementDeps & { people: Pick<People, 'summaries'> }

/** The community itself: what it is called, who may join, and what its owner tells everybody. */
export function communityModule(deps: CommunityModuleDeps): ModuleParts & { service: Community } {
  const service = new Community(deps)
  const announcements = new Announcements(deps)
  return {
    service,
    personal: communityData(deps.db),
    routes: [
      ...bind('community', communityHandlers(service)),
      ...bind('announcements', announcementHandlers(announcements)),
    ],
    consumers: [telling(announcements)],
    subjects: [announcementKind({ announcements, people: deps.people })],
    rebuilds: [],
    schedules: [
      { name: 'community.invitations', everySeconds: 86_400, run: () => service.purgeInvitations() },
    ],
    erase: (member) => service.erase(member),
  }
}

const telling = (announcements: Pick<Announcements, 'tell'>): Consumer =>
  consumer({
    group: 'community.announcements',
    types: ['announcement.made'],
    handle: ({ payload }, signal) => announcements.tell(payload.announcement_id, payload.author_id, signal),
  })
