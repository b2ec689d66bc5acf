import { commentersChoices } from '@tintype/contract'
import {
  folderOf,
  type ItemPlan,
  isMedia,
  list,
  type OpenArchive,
  record,
  text,
  type Understanding,
} from './plan.ts'

/** Our own: see the module `archives`. */
export const tintype: Understanding = {
  source: 'tintype',
  async read(archive) {
    const posts = record(await archive.json('data/posts.json'))
    if (posts.format !== 'tintype-archive') return undefined
    const stories = record(await archive.json('data/stories.json'))
    return [
      ...list(posts.entries).map(record).filter(isPublished).map(ownPost),
      ...list(stories.entries).map(record).filter(isPublished).map(ownStory),
    ]
  },
}

/** Those that nobody but their author saw are not shown to others by being imported. */
const isPublished = ({ status }: Record<string, unknown>): boolean => status === 'published'

function ownPost(post: Record<string, unknown>): ItemPlan {
  const media = list(post.media).map(record)
  return {
    kind: post.reel ? 'reel' : 'post',
    at: Date.parse(text(post.created_at)),
    caption: text(post.caption),
    place: text(record(post.location).name) || null,
    files: media.map(({ file, alt_text }) => ({ name: text(file), alt_text: text(alt_text) })),
    likes_hidden: post.likes_hidden === true,
    comments_from: commentersChoices.find((who) => who === post.comments_from) ?? 'everyone',
  }
}

const ownStory = (story: Record<string, unknown>): ItemPlan => ({
  kind: 'story',
  at: Date.parse(text(story.created_at)),
  caption: '',
  place: null,
  files: [{ name: text(story.file), alt_text: text(story.alt_text) }],
  // What was for some is not for all if it comes into a highlight.
  audience: story.audience === 'followers' ? 'followers' : 'close_friends',
})

/** Mastodon, Pixelfed and their kin: what was sent out, as ActivityStreams. Files that are elsewhere on the web are not fetched. */
export const activityPub: Understanding = {
  source: 'activitypub',
  async read(archive) {
    const name = [...archive.files.keys()].find((one) => /(^|\/)outbox\.json$/.test(one))
    if (!name) return undefined
    const folder = folderOf(name)
    const outbox = record(await archive.json(name))
    if (!Array.isArray(outbox.orderedItems)) return undefined
    return outbox.orderedItems.map(record).flatMap((activity) => planOf(activity, folder))
  },
}

const PUBLIC = /^(https:\/\/www\.w3\.org\/ns\/activitystreams#|as:)?Public$/

function planOf(activity: Record<string, unknown>, folder: string): ItemPlan[] {
  const note = record(activity.object)
  const isOpen = [activity.to, activity.cc].flat().some((one) => PUBLIC.test(text(one)))
  // Answers to others, and what was for some alone, are no posts.
  if (activity.type !== 'Create' || !isOpen || note.inReplyTo) return []
  const attached = list(note.attachment).map(record)
  if (attached.length === 0) return []
  return [
    {
      kind: 'post',
      at: Date.parse(text(note.published) || text(activity.published)),
      caption: plainOf(text(note.content)),
      place: text(record(note.location).name) || null,
      files: attached.map(({ url, name }) => ({ name: pathOf(text(url), folder), alt_text: text(name) })),
    },
  ]
}

/** Mastodon writes `/media_attachments/files/…` for what stands in the archive without the slash. */
const pathOf = (url: string, folder: string): string =>
  /^https?:/.test(url) ? url : folder + url.replace(/^\/+/, '')

const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'", '#039': "'" }
const plainOf = (html: string): string =>
  html
    .replaceAll(/<\/p>\s*<p[^>]*>/gi, '\n\n')
    .replaceAll(/<br\s*\/?>/gi, '\n')
    .replaceAll(/<[^<>]*>/g, '')
    .replaceAll(/&(#?\w+);/g, (whole, name: string) => entities[name] ?? whole)
    .trim()

/** Google Takeout: each file has another beside it that says when it was taken, and where. */
export const googlePhotos: Understanding = {
  source: 'google_photos',
  async read(archive) {
    const sidecars = sidecarsOf(archive)
    if (sidecars.size === 0) return undefined
    const plans: ItemPlan[] = []
    let isOurs = false
    for (const { name, modified } of archive.files.values()) {
      if (!isMedia(name)) continue
      const sidecar = sidecars.get(name)
      const about = sidecar === undefined ? {} : record(await archive.json(sidecar))
      const seconds = Number(record(about.photoTakenTime).timestamp)
      isOurs ||= Number.isFinite(seconds)
      // Put away or thrown away there.
      if (about.archived === true || about.trashed === true) continue
      plans.push({
        kind: 'post',
        at: Number.isFinite(seconds) ? seconds * 1000 : modified,
        caption: text(about.description),
        place: null,
        files: [{ name, alt_text: '' }],
      })
    }
    return isOurs ? plans : undefined
  },
}

/** `a.jpg.json`, `a.jpg.supplemental-metadata.json`; long names are cut, and `a(1).jpg` has `a.jpg(1).json`. */
function sidecarsOf({ files }: OpenArchive): Map<string, string> {
  const found = new Map<string, string>()
  for (const name of files.keys()) {
    const match = /^(.*\.\w{3,4})(?:\.supp[a-z-]*)?(\(\d+\))?\.json$/i.exec(name)
    if (!match) continue
    const [, file = '', number = ''] = match
    const numbered = number ? file.replace(/(\.\w+)$/, `${number}$1`) : file
    if (files.has(numbered)) found.set(numbered, name)
  }
  return found
}

/** What was no post in an archive of Instagram: of several ZIPs one alone has the lists, and pictures out of messages are in all of them. */
const NO_POSTS =
  /(?:^|\/)(?:messages\/(?:inbox|archived_threads|message_requests)|(?:content|media)\/(?:archived_posts|recently_deleted|stories|profile|other))\//

/** Whatever has pictures: a post each, of the day that its name says, or the archive. */
export const pictures: Understanding = {
  source: 'pictures',
  async read({ files }) {
    const media = [...files.values()].filter(({ name }) => isMedia(name) && !NO_POSTS.test(name))
    if (media.length === 0) return undefined
    return media.map(({ name, modified }) => ({
      kind: 'post' as const,
      at: timeIn(name) ?? modified,
      caption: '',
      place: null,
      files: [{ name, alt_text: '' }],
    }))
  },
}

/** `IMG_20240503_101112.jpg`, `2024-05-03 10.11.12.png`, `PXL_20240503.jpg` */
function timeIn(name: string): number | undefined {
  const base = name.replace(/.*\//, '')
  const match =
    /(?:^|\D)((?:19|20)\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)(?:[-_. T]+([0-2]\d)[-_.:h]?([0-5]\d)(?:[-_.:m]?([0-5]\d))?)?/.exec(
      base,
    )
  if (!match) return undefined
  const [year = 0, month = 0, day = 0, hour = 12, minute = 0, second = 0] = match
    .slice(1)
    .map((part) => (part === undefined ? undefined : Number(part)))
  const at = Date.UTC(year, month - 1, day, hour, minute, second)
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? at : undefined
}
