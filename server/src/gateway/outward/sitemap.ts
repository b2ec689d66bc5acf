import { escapeHtml } from '../../kit/escape-html.ts'
import type { VisitorApi } from './visitor.ts'

/** Pages of what visitors are shown that are gone through, of `PAGE` posts each. */
const PAGES = 4
const PAGE = 50

/** Sitemap 0.9 of what visitors are shown: public posts of the last weeks, and whose they are. */
export async function sitemap(api: VisitorApi, origin: string): Promise<string> {
  const addresses = new Map<string, string | undefined>([['/explore', undefined]])
  let cursor: string | null | undefined
  for (let page = 0; page < PAGES && cursor !== null; page++) {
    const found = await api.feed.explore({ query: { limit: PAGE, cursor } })
    for (const post of found.items) {
      addresses.set(`/p/${post.post_id}`, post.edited_at ?? post.created_at)
      if (!addresses.has(`/${post.user.username}`)) addresses.set(`/${post.user.username}`, undefined)
    }
    cursor = found.next_cursor
  }
  const entries = [...addresses].map(
    ([path, changed]) =>
      `<url><loc>${escapeHtml(origin + path)}</loc>${changed ? `<lastmod>${changed}</lastmod>` : ''}</url>`,
  )
  return `<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${entries.join('')}</urlset>
`
}
