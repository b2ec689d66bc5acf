import { routes } from '@tintype/contract'
import type { Plugin } from 'vite'

const NAME = 'virtual:route-addresses'
const RESOLVED = `\0${NAME}`

/** `virtual:route-addresses`: what the browser's client needs of the contract's routes, without their schemas. */
export function routeAddresses(): Plugin {
  return {
    name: 'tintype-route-addresses',
    resolveId: (id) => (id === NAME ? RESOLVED : undefined),
    load: (id) => (id === RESOLVED ? `export default ${JSON.stringify(addressesOf(routes))}` : undefined),
  }
}

const addressesOf = (groups: typeof routes) =>
  Object.fromEntries(
    Object.entries(groups).map(([domain, group]) => [
      domain,
      Object.fromEntries(
        Object.entries(group).map(([name, { method, path, access, paged }]) => [
          name,
          { method, path, access, paged },
        ]),
      ),
    ]),
  )
