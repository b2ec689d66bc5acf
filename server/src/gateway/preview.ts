import { escapeHtml } from '../kit/escape-html.ts'

/** What a link to a page shows where it is shared. Only of what everybody may see. */
export interface LinkPreview {
  /** The path that the page is best known by. */
  address: string
  title: string
  description: string
  /** Absolute, or a path on this server. */
  image: string | null
  image_width?: number
  image_height?: number
  image_alt?: string
  type: 'article' | 'profile' | 'website'
  author?: { username: string; name: string }
}

/** Of a page's path (`/p/{post_id}`, `/{username}`); null where there is nothing public to tell. */
export type Preview = (path: string) => Promise<LinkPreview | null>

/**
 * The canonical address, description, OpenGraph and Twitter tags, schema.org's words, and where feeds and frames of it are.
 * `origin` without a trailing slash.
 */
export function previewTags(preview: LinkPreview, origin: string): string {
  const url = escapeHtml(origin + preview.address)
  const image = preview.image ? new URL(preview.image, origin).href : undefined
  const tags: [attribute: 'property' | 'name', name: string, value: string | number | undefined][] = [
    ['property', 'og:site_name', 'Tintype'],
    ['property', 'og:type', preview.type],
    ['property', 'og:title', preview.title],
    ['property', 'og:description', preview.description],
    ['property', 'og:url', origin + preview.address],
    ['property', 'og:image', image],
    ['property', 'og:image:width', image && preview.image_width],
    ['property', 'og:image:height', image && preview.image_height],
    ['property', 'og:image:alt', image && preview.image_alt],
    ['name', 'description', preview.description],
    ['name', 'twitter:card', image ? 'summary_large_image' : 'summary'],
    ['name', 'twitter:title', preview.title],
    ['name', 'twitter:description', preview.description],
    ['name', 'twitter:image', image],
    ['name', 'twitter:image:alt', image && preview.image_alt],
  ]
  const metas = tags
    .filter(([, , value]) => value !== undefined && value !== '')
    .map(([attribute, name, value]) => `<meta ${attribute}="${name}" content="${escapeHtml(String(value))}">`)
  return `<link rel="canonical" href="${url}">${metas.join('')}${alternates(preview, origin)}${schema(preview, origin, image)}`
}

function alternates({ type, address, author }: LinkPreview, origin: string): string {
  const link = (kind: string, href: string) =>
    `<link rel="alternate" type="${kind}" href="${escapeHtml(origin + href)}">`
  if (type === 'profile' && author) {
    const feed = `/feed/users/${author.username}`
    return link('application/atom+xml', `${feed}.atom`) + link('application/feed+json', `${feed}.json`)
  }
  if (!/^\/p\/[\w-]+$/.test(address)) return ''
  return link('application/json+oembed', `/api/oembed?url=${encodeURIComponent(origin + address)}`)
}

/** JSON-LD: a block of data, which no policy on scripts is about. */
function schema(preview: LinkPreview, origin: string, image: string | undefined): string {
  const { type, author, address, description } = preview
  if (!author) return ''
  const person = { '@type': 'Person', name: author.name, url: `${origin}/${author.username}` }
  const about =
    type === 'profile'
      ? { '@type': 'ProfilePage', mainEntity: { ...person, ...(image && { image }) } }
      : { '@type': 'SocialMediaPosting', url: origin + address, headline: description, author: person, image }
  const json = JSON.stringify({ '@context': 'https://schema.org', ...about })
  return `<script type="application/ld+json">${json.replaceAll('<', '\\u003c')}</script>`
}
