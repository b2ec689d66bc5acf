import { bind } from '../../gateway/binding.ts'
import type { ModuleParts } from '../module.ts'
import { Community, type CommunityDeps } from './community.ts'
import { communityHandlers } from './handlers.ts'
import { communityData } from './personal-store.ts'

/** The community itself: what it is called, and who may join. */
export function communityModule(deps: CommunityDeps): ModuleParts & { service: Community } {
  const service = new Community(deps)
  return {
    service,
    personal: communityData(deps.db),
    routes: bind('community', communityHandlers(service)),
    consumers: [],
    rebuilds: [],
    schedules: [
      { name: 'community.invitations', everySeconds: 86_400, run: () => service.purgeInvitations() },
    ],
    erase: (member) => service.erase(member),
  }
}
