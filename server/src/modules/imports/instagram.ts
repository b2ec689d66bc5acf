import { importLimits, TintypeError } from '@tintype/contract'
import {
  folderOf,
  type ItemPlan,
  isFilm,
  isMedia,
  list,
  type OpenArchive,
  record,
  text,
  type Understanding,
} from './plan.ts'

/**
 * Archives of Instagram, by where their lists stand:
 *
 *   2018 – 2020  media.json: { photos, videos, stories }, each [{ path, caption, taken_at, location }]
 *   2020 – 2022  content/posts_1.json, stories.json, reels.json, …
 *   since 2023   your_instagram_activity/content/… and, later, your_instagram_activity/media/…
 *
 * Lists are cut into several files (`posts_2.json`). A post is [{ media: [{ uri, creation_timestamp, title }], title, creation_timestamp }];
 * with one file the post says nothing itself. An archive over several ZIPs names files that are in another one.
 */
export const instagram: Understanding = {
  source: 'instagram',
  async read(archive) {
    const names = [...archive.files.keys()]
    const old = names.filter((name) => /(^|\/)media\.json$/.test(name))
    const lists = names.filter((name) => LIST.test(name))
    const plans: ItemPlan[] = []
    const add = (some: readonly ItemPlan[]) => {
      for (const plan of some) plans.push(plan)
      if (plans.length > importLimits.items) throw new TintypeError('import_too_many')
    }
    let isOurs = lists.length > 0
    for (const name of lists.sort()) add(await newList(archive, name))
    for (const name of old) {
      const content = record(await archive.json(name))
      if (!['photos', 'videos', 'stories'].some((key) => Array.isArray(content[key]))) continue
      isOurs = true
      add(oldList(content, folderOf(name)))
    }
    const pages = names.filter((name) => PAGE.test(name)).sort()
    for (const name of pages) add(htmlList(await archive.text(name), name))
    return isOurs || pages.length > 0 ? plans : undefined
  },
}

const LIST =
  /(^|\/)(content|media)\/(posts_\d+|stories|reels|igtv_videos|archived_posts|profile_photos)\.json$/
const PAGE = /(^|\/)(content|media)\/(posts_\d+|stories|reels|igtv_videos)\.html$/

/** What stands before the folders that paths begin with: nothing, or the archive's own folder. */
function rootOf(name: string): string {
  const folders = folderOf(name).split('/').slice(0, -1)
  for (const known of [/^(?:content|media)$/, /^your_instagram_activity$/])
    if (known.test(folders.at(-1) ?? '')) folders.pop()
  return folders.map((folder) => `${folder}/`).join('')
}

type Kind = ItemPlan['kind']
const keys: Record<string, Kind> = {
  ig_stories: 'story',
  ig_reels_media: 'reel',
  ig_igtv_media: 'reel',
}

async function newList(archive: OpenArchive, name: string): Promise<ItemPlan[]> {
  if (/(archived_posts|profile_photos)\.json$/.test(name)) return []
  const content = await archive.json(name)
  const folder = rootOf(name)
  const found = Object.entries(keys).find(([key]) => Array.isArray(record(content)[key]))
  const kind = found?.[1] ?? 'post'
  // One post alone is no list in some of them.
  const posts = found ? list(record(content)[found[0]]) : Array.isArray(content) ? content : [content]
  return posts.flatMap((one) => planOf(record(one), kind, folder))
}

function planOf(post: Record<string, unknown>, kind: Kind, folder: string): ItemPlan[] {
  const media = (Array.isArray(post.media) ? post.media : [post]).map(record)
  const [first] = media
  const seconds = Number(post.creation_timestamp ?? first?.creation_timestamp)
  if (!Number.isFinite(seconds) || seconds <= 0) return []
  const files = media
    .map(({ uri }) => ({ name: folder + text(uri), alt_text: '' }))
    .filter(({ name }) => name)
  const caption = mended(text(post.title) || text(first?.title))
  const isReel = kind === 'reel' && files.length === 1 && isFilm(files[0]?.name ?? '')
  return [
    {
      kind: kind === 'reel' && !isReel ? 'post' : kind,
      at: seconds * 1000,
      caption,
      place: null,
      files,
    },
  ]
}

function oldList(content: Record<string, unknown>, folder: string): ItemPlan[] {
  const of = (key: string, kind: Kind) => list(content[key]).map((one) => [record(one), kind] as const)
  const items = [...of('photos', 'post'), ...of('videos', 'post'), ...of('stories', 'story')]
  const albums = new Map<string, ItemPlan>()
  for (const [{ path, caption, taken_at, location }, kind] of items) {
    const at = Date.parse(zoned(text(taken_at)))
    if (Number.isNaN(at) || !text(path)) continue
    const file = { name: folder + text(path), alt_text: '' }
    const said = mended(text(caption))
    // An album is as many entries as it has pictures, of one second and one caption.
    const key = `${kind} ${at} ${said}`
    const known = kind === 'story' ? undefined : albums.get(key)
    if (known) known.files.push(file)
    else
      albums.set(kind === 'story' ? file.name : key, {
        kind,
        at,
        caption: said,
        place: mended(text(location)) || null,
        files: [file],
      })
  }
  return [...albums.values()]
}

/** Times without a zone are UTC. */
const zoned = (time: string): string => (/([zZ]|[+-]\d\d:?\d\d)$/.test(time) ? time : `${time}Z`)

/** Its UTF-8 was taken for Latin-1, byte by byte (`cafÃ©`); what is no such text stays as it is. */
export function mended(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: all that is one byte
  if (!/[\x80-\xff]/.test(text) || /[^\x00-\xff]/.test(text)) return text
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.from(text, 'latin1'))
  } catch {
    return text
  }
}

/**
 * Pages have no marks but classes that change: what holds is that a post's files are links to `media/…`, its caption stands before them and its
 * time, as `Jan 05, 2023 3:04 pm`, behind. No expression here runs on past what it cannot match: pages are strangers' and as large as they like.
 */
function htmlList(page: string, name: string): ItemPlan[] {
  const kind: Kind = name.endsWith('stories.html') ? 'story' : 'post'
  const folder = rootOf(name)
  const body = page.slice(Math.max(page.indexOf('<main'), page.indexOf('role="main"'), 0))
  const plans: ItemPlan[] = []
  let from = 0
  for (const time of body.matchAll(TIME)) {
    const part = body.slice(from, time.index)
    from = time.index + time[0].length
    const links = [...part.matchAll(LINK)].filter(([, to = '']) => to.includes('media/') && isMedia(to))
    const at = Date.parse(`${time[1]} UTC`)
    const [first] = links
    if (!first || Number.isNaN(at)) continue
    const before = part.slice(0, Math.max(part.lastIndexOf('<', first.index), 0))
    const uris = new Set(links.map(([, to = '']) => plain(to.replace(/^(?:\.\.\/)+/, ''))))
    const files = [...uris].map((uri) => ({ name: folder + uri, alt_text: '' }))
    plans.push({ kind, at, caption: plain(before), place: null, files })
  }
  return plans
}

const LINK = /(?:src|href)="([^"]{1,500})"/g
const TIME =
  />\s*((?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\w* \d{1,2}, \d{4},? \d{1,2}:\d\d(?::\d\d)?\s?[ap]m)\s*</gi

const entities: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  '#039': "'",
  '#39': "'",
  nbsp: ' ',
}

/** A text without its marks. */
const plain = (html: string): string =>
  html
    .replaceAll(/<br\s*\/?>/gi, '\n')
    .replaceAll(/<[^<>]*>/g, '')
    .replace(/^[^<>]*>/, '')
    .replaceAll(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole)
    .trim()
