import type { Media, Post } from '@tintype/contract'
import { stillUrl } from '@tintype/contract'
import { Feed } from 'feed'
import { escapeHtml } from '../../kit/escape-html.ts'
import { headlineOf, nameOf, shownPictures } from './words.ts'

/** Posts that readers of feeds are shown. */
export const ENTRIES = 20

export interface FeedOf {
  origin: string
  /** The page it is of, and the feed without its ending; paths. */
  page: string
  address: string
  title: string
  posts: readonly Post[]
}

export const feedTypes = {
  atom: 'application/atom+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
} as const
export type FeedFormat = keyof typeof feedTypes

/** Atom (RFC 4287) or JSON Feed 1.1. */
export function feedOf({ origin, page, address, title, posts }: FeedOf, format: FeedFormat): string {
  const feed = new Feed({
    id: origin + page,
    link: origin + page,
    title: clean(title),
    generator: 'Tintype',
    updated: new Date(Math.max(0, ...posts.map((post) => Date.parse(changedAt(post))))),
    feedLinks: { atom: `${origin}${address}.atom`, json: `${origin}${address}.json` },
  })
  for (const post of posts) {
    const link = `${origin}/p/${post.post_id}`
    const { user } = post
    feed.addItem({
      id: link,
      link,
      title: clean(headlineOf(post)),
      content: clean(contentOf(post, origin)),
      date: new Date(changedAt(post)),
      published: new Date(post.created_at),
      author: [{ name: clean(nameOf(user)), link: `${origin}/${user.username}` }],
    })
  }
  return format === 'atom' ? feed.atom1() : feed.json1()
}

const changedAt = (post: Post) => post.edited_at ?? post.created_at

const contentOf = (post: Post, origin: string): string => {
  const pictures = shownPictures(post).map((media) => `<p>${pictureTag(media, origin)}</p>`)
  const caption = escapeHtml(post.caption).replaceAll('\n', '<br>')
  return `${pictures.join('')}${caption && `<p>${caption}</p>`}`
}

const pictureTag = (media: Media, origin: string): string => {
  const src = escapeHtml(new URL(stillUrl(media), origin).href)
  return `<img src="${src}" alt="${escapeHtml(media.alt_text)}" width="${media.width}" height="${media.height}">`
}

/** Without what XML cannot hold, and with what would end a CDATA section taken apart. */
const clean = (text: string): string =>
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones.
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').replaceAll(']]>', ']]&gt;')
