import { parseFacets } from '@tintype/contract'

/** A page of this very Tintype that a text leads to. */
export type OwnLink =
  | { kind: 'post'; id: string; address: string }
  | { kind: 'profile'; username: string; address: string }

const POST = /^\/p\/([\w-]+)$/
const PROFILE = /^\/([a-z0-9._]{3,30})$/

/** The first one in a text. What other places say, the server has asked for: who is there does not learn who reads this, or when. */
export function linkOf(text: string, origin = location.origin): OwnLink | undefined {
  for (const facet of parseFacets(text)) {
    if (!('url' in facet)) continue
    const link = ownLink(facet.url, origin)
    if (link) return link
  }
  return undefined
}

function ownLink(address: string, origin: string): OwnLink | undefined {
  const url = URL.parse(address)
  if (url?.origin !== origin) return undefined
  const [, id] = POST.exec(url.pathname) ?? []
  if (id) return { kind: 'post', id, address: url.pathname }
  const [, username] = PROFILE.exec(url.pathname) ?? []
  return username ? { kind: 'profile', username, address: url.pathname } : undefined
}
