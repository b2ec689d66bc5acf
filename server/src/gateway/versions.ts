import type { IncomingMessage } from 'node:http'
import { API_PREFIX, type RouteSpec, TintypeError } from '@tintype/contract'

/** Of the API, as its addresses have them: `/api/v1`. Within one, fields and routes are only ever added. */
const VERSIONS = ['1']
export const VERSION_HEADER = 'api-version'

/** An address without a version is that of the one the header names: `/api/users/me` with `API-Version: 1`. */
export function versionedUrl({ url = '/', headers }: IncomingMessage): string {
  if (headers[VERSION_HEADER] === undefined || !url.startsWith('/api/') || /^\/api\/v\d+\//.test(url))
    return url
  return `/api/v${headers[VERSION_HEADER]}${url.slice('/api'.length)}`
}

/** Throws `version_unsupported` where an address or the header names one that there is not, or two different ones. */
export function assertVersion({ url, headers }: { url: string; headers: IncomingMessage['headers'] }): void {
  const asked = headers[VERSION_HEADER]
  const named = /^\/api\/v([^/?]+)/.exec(url)?.[1]
  const isKnown = (version: unknown) => version === undefined || VERSIONS.includes(String(version))
  const isOne = asked === undefined || named === undefined || asked === named
  if (isKnown(asked) && isKnown(named) && isOne) return
  throw new TintypeError('version_unsupported', { details: { versions: VERSIONS } })
}

/** What every reply of such a route says (RFC 9745, RFC 8594); undefined where it is to stay. */
export function deprecationOf({
  deprecated,
}: Pick<RouteSpec, 'deprecated'>): Record<string, string> | undefined {
  if (!deprecated) return undefined
  const { since, sunset, instead } = deprecated
  return {
    deprecation: `@${Date.parse(since) / 1000}`,
    ...(sunset ? { sunset: new Date(sunset).toUTCString() } : {}),
    ...(instead ? { link: `<${API_PREFIX}${instead}>; rel="successor-version"` } : {}),
  }
}
