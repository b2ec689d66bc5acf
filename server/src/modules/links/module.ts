import { consumer } from '../../engines/event-log/port.ts'
import { bind } from '../../gateway/binding.ts'
import type { ModuleParts } from '../module.ts'
import { Addresses } from './addresses.ts'
import type { LinksDeps } from './deps.ts'
import { linkHandlers } from './handlers.ts'
import { PrivateLinks } from './links.ts'
import { Opening } from './opening.ts'
import { linkPages } from './pages.ts'
import { linksData } from './personal-store.ts'

export type { LinksDeps } from './deps.ts'

/** Links that show posts to people without an account. */
export function linksModule(deps: LinksDeps): ModuleParts & { opening: Opening } {
  const addresses = new Addresses(deps.secret)
  const opening = new Opening(deps)
  const links = new PrivateLinks({ ...deps, addresses, opening })
  return {
    opening,
    personal: linksData(deps.db),
    routes: bind('links', linkHandlers(links)),
    plugin: linkPages({ ...deps, addresses, opening }),
    consumers: [
      consumer({
        group: 'links',
        types: ['post.deleted'],
        handle: ({ payload }) => links.dropOfPost(payload.post_id),
      }),
    ],
    erase: (member) => links.erase(member),
    rebuilds: [],
    schedules: [{ name: 'links.expired', everySeconds: 3600, run: () => links.dropExpired() }],
  }
}
