import { createT } from '@tintype/contract/core/texts'
import { escapeHtml as safe } from '../../kit/escape-html.ts'

/** A post or story as the archive's lists have it, with what a browser shows of its files. */
export interface AlbumPost {
  post_id: string
  caption: string
  location: { name: string } | null
  archived: boolean
  /** Of its author, for whom alone it is. */
  circles: string[]
  created_at: string
  media: AlbumFile[]
}
export interface AlbumFile {
  file: string | null
  shown: string | null
  /** Of the file: `image/jpeg`. */
  type: string
  alt_text: string
}

export interface AlbumOwner {
  username: string
  full_name: string
  bio: string
  community: string
}

export interface AlbumPart {
  name: string
  title: string
  count: number
}

const t = createT({
  title: '{name} at {community}',
  album: 'Album',
  posts: { one: '{count} post', other: '{count} posts' },
  stories: 'Stories',
  lists: 'Everything else',
  listsText: 'Each list is a text file (JSON); what its fields mean stands beside it in the folder schemas.',
  made: 'Made on {when}',
  back: 'All parts of the album',
  original: 'The original',
  missing: 'This file was not there any more when the archive was made.',
  archived: 'Put away: nobody but you saw it.',
  circles: 'Shared with a circle.',
  nothing: 'Nothing was posted.',
  next: 'Next part',
  previous: 'Part before',
})

const style = `
:root{color-scheme:light dark;--ink:#1c1917;--soft:#57534e;--paper:#fafaf9;--card:#fff;--line:#d6d3d1;--link:#1d4ed8}
@media(prefers-color-scheme:dark){:root{--ink:#f5f5f4;--soft:#b8b2ad;--paper:#171412;--card:#221e1b;--line:#44403c;--link:#93b4ff}}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.5 system-ui,sans-serif}
main,header,nav{max-width:44rem;margin-inline:auto;padding:1rem}h1{font-size:1.5rem;margin:0}h2{font-size:1.125rem}
a{color:var(--link)}article{background:var(--card);border:1px solid var(--line);border-radius:.75rem;overflow:hidden;margin-block:1.5rem}
figure{margin:0}img,video{display:block;width:100%;height:auto;background:var(--line)}article>div{padding:1rem}
p{margin:.25rem 0;overflow-wrap:anywhere;white-space:pre-line}.soft{color:var(--soft);font-size:.875rem}
ul{padding-inline-start:1.25rem}nav{display:flex;gap:1rem;flex-wrap:wrap}`

const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width,initial-scale=1">
<title>${safe(title)}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`

const days = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeZone: 'UTC' })
export const dayOf = (at: string | Date): string => days.format(new Date(at))

/** A part of the album: some posts, in the order in which they were made. It stands in the folder `album`. */
export function albumPage(
  owner: AlbumOwner,
  part: { title: string; previous: string | null; next: string | null },
  posts: readonly AlbumPost[],
): string {
  const links = [
    `<a href="../index.html">${t('back')}</a>`,
    ...(part.previous ? [`<a rel="prev" href="${part.previous}">${t('previous')}</a>`] : []),
    ...(part.next ? [`<a rel="next" href="${part.next}">${t('next')}</a>`] : []),
  ].join('\n')
  return page(
    `${part.title} · ${owner.username}`,
    `<header><h1>${safe(part.title)}</h1></header>
<nav aria-label="${t('album')}">${links}</nav>
<main>
${posts.map(article).join('\n')}
</main>
<nav aria-label="${t('album')}">${links}</nav>`,
  )
}

const article = ({ caption, location, created_at, archived, circles, media }: AlbumPost): string => `<article>
${media.map(figure).join('\n')}
<div>
${caption ? `<p>${safe(caption)}</p>` : ''}
<p class="soft"><time datetime="${created_at}">${dayOf(created_at)}</time>${location ? ` · ${safe(location.name)}` : ''}</p>
${archived ? `<p class="soft">${t('archived')}</p>` : ''}${circles.length > 0 ? `<p class="soft">${t('circles')}</p>` : ''}
</div>
</article>`

function figure({ file, shown, type, alt_text }: AlbumFile): string {
  if (!file) return `<p class="soft">${t('missing')}</p>`
  const alt = safe(alt_text)
  const [original, still] = [`../${file}`, `../${shown ?? file}`]
  const seen = type.startsWith('video/')
    ? `<video controls preload="none" src="${original}" poster="${still}" aria-label="${alt}"></video>`
    : `<img src="${still}" alt="${alt}" loading="lazy">`
  return `<figure>${seen}<figcaption class="soft"><a href="${original}">${t('original')}</a></figcaption></figure>`
}

/** Where one begins. */
export function indexPage(
  owner: AlbumOwner,
  {
    parts,
    lists,
    at,
  }: { parts: readonly AlbumPart[]; lists: readonly { name: string; about: string }[]; at: Date },
): string {
  const name = owner.full_name || owner.username
  const links = parts.map(
    (part) =>
      `<li><a href="${part.name}">${safe(part.title)}</a> · ${t('posts', { count: part.count })}</li>`,
  )
  return page(
    t('title', { name, community: owner.community }),
    `<header>
<h1>${safe(t('title', { name, community: owner.community }))}</h1>
<p class="soft">@${safe(owner.username)}</p>
<p>${safe(owner.bio)}</p>
<p class="soft">${t('made', { when: dayOf(at) })}</p>
</header>
<main>
<h2>${t('album')}</h2>
${links.length > 0 ? `<ul>${links.join('\n')}</ul>` : `<p>${t('nothing')}</p>`}
<h2>${t('lists')}</h2>
<p class="soft">${t('listsText')}</p>
<ul>${lists.map(({ name: file, about }) => `<li><a href="${file}">${safe(about)}</a></li>`).join('\n')}</ul>
</main>`,
  )
}
