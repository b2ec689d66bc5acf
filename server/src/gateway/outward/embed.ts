import { createHash } from 'node:crypto'
import { embedSize, type Post, type PostId, stillUrl } from '@tintype/contract'
import { escapeHtml } from '../../kit/escape-html.ts'
import { headlineOf, nameOf, shownPicture } from './words.ts'

/** CSS pixels. */
const WIDTH = { least: 200, most: 640 }

const style = `:root{color-scheme:light dark;font:15px/1.45 system-ui,sans-serif}
body{margin:0;background:light-dark(#fff,#171412);color:light-dark(#1d1512,#f7f2ec)}
a{color:inherit;text-decoration:none}
article{border:1px solid light-dark(#e7e1db,#35302c);border-radius:12px;overflow:hidden}
header,footer{padding:12px 14px;display:flex;gap:10px;align-items:center;min-width:0}
header img{border-radius:50%}
header a,p{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
img.picture{display:block;width:100%;height:auto;background:light-dark(#f3efea,#221e1b)}
p{margin:0;padding:12px 14px 0}
footer{justify-content:space-between;color:light-dark(#6b625b,#a89f97)}
footer a{font-weight:600;color:light-dark(#b3261e,#ff8a7a)}`
const styleHash = createHash('sha256').update(style).digest('base64')

/** May stand in a frame anywhere, and runs nothing. */
export const embedHeaders = (mediaOrigins: readonly string[]) => ({
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': [
    "default-src 'none'",
    `img-src ${["'self'", ...mediaOrigins].join(' ')}`,
    `style-src 'sha256-${styleHash}'`,
    "base-uri 'none'",
    "form-action 'none'",
    'frame-ancestors *',
  ].join('; '),
  'cross-origin-resource-policy': 'cross-origin',
})

const frame = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex"><title>${escapeHtml(title)}</title><style>${style}</style></head><body>${body}</body></html>`

/** The page of a post in a frame of somebody else's page. */
export function embedPage(post: Post, origin: string): string {
  const { user, media, caption } = post
  const first = shownPicture(post)
  const url = `${origin}/p/${post.post_id}`
  const link = (href: string, html: string) =>
    `<a href="${escapeHtml(href)}" target="_blank" rel="noopener">${html}</a>`
  const widths = first?.variants.filter(({ content_type }) => content_type === 'image/webp') ?? []
  const srcset = widths.map((variant) => `${variant.url} ${variant.width}w`).join(', ')
  const picture =
    first &&
    link(
      url,
      `<img class="picture" src="${escapeHtml(stillUrl(first))}" srcset="${escapeHtml(srcset)}" sizes="100vw" alt="${escapeHtml(first.alt_text)}" width="${first.width}" height="${first.height}">`,
    )
  const face = user.profile_picture
    ? `<img src="${escapeHtml(user.profile_picture)}" alt="" width="32" height="32">`
    : ''
  const more = media.length > 1 ? ` · 1 of ${media.length}` : ''
  return frame(
    headlineOf(post),
    `<article><header>${face}${link(`${origin}/${user.username}`, `<strong>${escapeHtml(nameOf(user))}</strong>`)}</header>
${picture ?? ''}${caption && `<p>${escapeHtml(caption.split('\n', 1)[0] ?? '')}</p>`}
<footer><span>${post.created_at.slice(0, 10)}${more}</span>${link(url, 'View on Tintype')}</footer></article>`,
  )
}

export const embedGone = (): string =>
  frame('Tintype', '<article><p>This post is not there.</p><footer></footer></article>')

/** The post that an address of this server leads to. */
export function postAt(address: string, origin: string): PostId | undefined {
  if (!URL.canParse(address)) return undefined
  const url = new URL(address)
  const [, id] = /^\/p\/([\w-]+)\/?$/.exec(url.pathname) ?? []
  return url.host === new URL(origin).host ? (id as PostId | undefined) : undefined
}

interface Room {
  maxwidth?: number
  maxheight?: number
}

/** oEmbed 1.0, of the type `rich`. */
export function oembedOf(post: Post, origin: string, { maxwidth = embedSize.width, maxheight }: Room) {
  const first = shownPicture(post)
  const ratio = first ? first.height / first.width : 0
  let width = Math.min(WIDTH.most, Math.max(WIDTH.least, maxwidth))
  if (maxheight !== undefined && width * ratio + embedSize.around > maxheight)
    width = Math.max(WIDTH.least, Math.round((maxheight - embedSize.around) / ratio))
  const height = Math.round(width * ratio + embedSize.around)
  const title = headlineOf(post)
  const src = `${origin}/embed/${post.post_id}`
  return {
    version: '1.0',
    type: 'rich',
    title,
    author_name: nameOf(post.user),
    author_url: `${origin}/${post.user.username}`,
    provider_name: 'Tintype',
    provider_url: origin,
    cache_age: 300,
    html: `<iframe src="${escapeHtml(src)}" width="${width}" height="${height}" title="${escapeHtml(title)}" loading="lazy" style="border:0;max-width:100%"></iframe>`,
    width,
    height,
    ...(first && {
      thumbnail_url: new URL(stillUrl(first), origin).href,
      thumbnail_width: first.width,
      thumbnail_height: first.height,
    }),
  }
}
