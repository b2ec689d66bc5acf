import { type Domain, routes } from '@tintype/contract'
import type { Plugin } from 'vite'

/** What the first screens call. All other domains come with the first call of one of them. */
const FIRST = new Set<string>([
  'accounts',
  'members',
  'community',
  'graph',
  'posts',
  'feed',
  'engagement',
  'comments',
  'stories',
  'highlights',
  'places',
] satisfies Domain[])

interface Options {
  /** All at once, as tests want it that stand in for a route. */
  whole?: boolean
}

/** What the browser's client needs of the contract's routes, without their schemas. */
export function routeAddresses({ whole = false }: Options = {}): Plugin {
  const modules: Record<string, () => object> = {
    'virtual:route-addresses': () => addressesOf((domain) => whole || FIRST.has(domain)),
    'virtual:late-route-addresses': () => addressesOf((domain) => !FIRST.has(domain)),
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

const addressesOf = (isIn: (domain: string) => boolean) =>
  Object.fromEntries(
    Object.entries(routes)
      .filter(([domain]) => isIn(domain))
      .map(([domain, group]) => [
        domain,
        Object.fromEntries(
          Object.entries(group).map(([name, { method, path, access, paged }]) => [
            name,
            { method, path, access, paged },
          ]),
        ),
      ]),
  )
