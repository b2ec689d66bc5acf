import { type Operation, routes } from '@tintype/contract'
import type { Plugin } from 'vite'

/** What the first screens call. All else comes with the first call of it. */
const FIRST: ReadonlySet<string> = new Set<Operation>([
  'accounts.refresh',
  'accounts.logout',
  'members.me',
  'members.profile',
  'members.suggested',
  'community.get',
  'graph.follow',
  'graph.unfollow',
  'posts.get',
  'feed.home',
  'feed.user',
  'feed.hashtag',
  'feed.explore',
  'engagement.like',
  'engagement.unlike',
  'engagement.save',
  'engagement.unsave',
  'comments.list',
  'comments.replies',
  'comments.create',
  'comments.like',
  'comments.unlike',
  'stories.feed',
  'stories.ofAuthor',
  'stories.view',
  'highlights.ofMember',
  'places.get',
  'places.posts',
])

interface Options {
  /** All at once, as tests want it that stand in for a route. */
  whole?: boolean
}

/** What the browser's client needs of the contract's routes, without their schemas. */
export function routeAddresses({ whole = false }: Options = {}): Plugin {
  const isFirst = (domain: string, name: string) => FIRST.has(`${domain}.${name}`)
  const modules: Record<string, () => object> = {
    'virtual:route-addresses': () => addressesOf((...route) => whole || isFirst(...route)),
    'virtual:late-route-addresses': () => addressesOf((...route) => !isFirst(...route)),
  }
  return {
    name: 'tintype-route-addresses',
    resolveId: (id) => (id in modules ? `\0${id}` : undefined),
    load: (id) => {
      const table = id.startsWith('\0') ? modules[id.slice(1)] : undefined
      return table && `export default ${JSON.stringify(table())}`
    },
  }
}

const addressesOf = (isIn: (domain: string, name: string) => boolean) =>
  Object.fromEntries(
    Object.entries(routes).flatMap(([domain, group]) => {
      const those = Object.entries(group)
        .filter(([name]) => isIn(domain, name))
        .map(([name, { method, path, access, paged }]) => [name, { method, path, access, paged }])
      return those.length > 0 ? [[domain, Object.fromEntries(those)]] : []
    }),
  )
