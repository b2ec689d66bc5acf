import type { MediaId, UserId } from '@tintype/contract'
import { createT } from '@tintype/contract/core/texts'
import { actorText, outboxText } from './activity-streams.ts'
import {
  type AlbumFile,
  type AlbumOwner,
  type AlbumPart,
  type AlbumPost,
  albumPage,
  dayOf,
  indexPage,
} from './album.ts'
import type { ArchiveDeps } from './deps.ts'
import { entriesOf, listName, schemaName, schemaOf, sectionsOf } from './lists.ts'

type Deps = Pick<ArchiveDeps, 'members' | 'media' | 'graph' | 'personal' | 'community' | 'siteUrl'>

/** A file that is made of what the lists say. */
interface MadeFile {
  name: string
  text: AsyncIterable<string>
}

interface About {
  at: Date
  /** Files that were not there. */
  missing: readonly string[]
  signal: AbortSignal
}

/** Posts of one part of the album. */
const PART = 100

const t = createT({
  readme: `This is everything that {name} gave to {community}, and got there, as of {when}.

index.html  is an album that opens in any browser, without a connection
media/      are the files as they were uploaded
shown/      are the pictures as they were shown
data/       are lists of all else, one JSON object each: "entries" is what counts
schemas/    say what is in a list (JSON Schema)
actor.json, outbox.json  are profile and posts as ActivityStreams, as Mastodon, Pixelfed and others write them

A time is given in UTC. An id is a UUIDv7. What others keep to themselves is not in here: who has blocked or muted whom, what can be seen once, whose lists one is on.
To take it all along to another Tintype, choose it there under Settings, "Your data".
`,
  missing: 'These files were not there any more when the archive was made:',
})

/** Album, ActivityStreams, and what explains the rest. */
export async function* pagesOf(deps: Deps, member: UserId, about: About): AsyncGenerator<MadeFile> {
  const sections = sectionsOf(deps)
  const owner = await ownerOf(deps, member)
  const posts = () => albumPosts(deps, member, about.signal)
  const parts: AlbumPart[] = []
  for await (const { part, text } of albumParts(owner, posts())) {
    parts.push(part)
    yield { name: part.name, text: once(text) }
  }
  const lists = sections.map((section) => ({ name: listName(section), about: section.about }))
  yield { name: 'index.html', text: once(indexPage(owner, { parts: parts.reverse(), lists, at: about.at })) }
  const actor = { ...owner, address: `${deps.siteUrl}/${owner.username}`, site: deps.siteUrl }
  yield { name: 'actor.json', text: once(actorText(actor)) }
  yield { name: 'outbox.json', text: outboxText(actor, posts()) }
  for (const section of sections)
    yield { name: schemaName(section), text: once(`${JSON.stringify(schemaOf(section), null, 2)}\n`) }
  const { name } = await deps.community.instance()
  yield {
    name: 'README.txt',
    text: once(t('readme', { name: owner.username, community: name, when: dayOf(about.at) })),
  }
  if (about.missing.length > 0)
    yield { name: 'missing.txt', text: once(`${t('missing')}\n\n${about.missing.join('\n')}\n`) }
}

async function* once(text: string): AsyncGenerator<string> {
  yield text
}

export interface Owner extends AlbumOwner {
  is_private: boolean
}

async function ownerOf({ members, community }: Deps, id: UserId): Promise<Owner> {
  const [member, { name }] = await Promise.all([members.own(id), community.instance()])
  const { username = 'deleted', full_name = '', bio = '', is_private = true } = member ?? {}
  return { username, full_name, bio, community: name, is_private }
}

interface ListedPost extends Omit<AlbumPost, 'media'> {
  status: string
  media: { media_id: MediaId; alt_text: string }[]
}

/** Oldest first, with what a browser shows of each. */
async function* albumPosts(deps: Deps, member: UserId, signal: AbortSignal): AsyncGenerator<AlbumPost[]> {
  const section = sectionsOf(deps).find(({ file }) => file === 'posts')
  if (!section) return
  for await (const entries of entriesOf(deps, section, member, signal)) {
    const posts = (entries as ListedPost[]).filter(({ status }) => ['published', 'archived'].includes(status))
    const ids = posts.flatMap(({ media }) => media.map(({ media_id }) => media_id))
    const names = await deps.media.namesOf(member, ids)
    yield posts.map((post) => ({
      ...post,
      media: post.media.map(({ media_id, alt_text }): AlbumFile => {
        const { file = null, shown = null, type = '' } = names.get(media_id) ?? {}
        return { file, shown, type, alt_text }
      }),
    }))
  }
}

/** A part is known when the next one is: it leads there. */
async function* albumParts(
  owner: AlbumOwner,
  pages: AsyncIterable<AlbumPost[]>,
): AsyncGenerator<{ part: AlbumPart; text: string }> {
  let waiting: AlbumPost[] = []
  let number = 0
  const cut = (isLast: boolean) => {
    const posts = waiting.splice(0, PART)
    const title = titleOf(posts)
    number += 1
    const name = (at: number) => `${at}.html`
    const links = { previous: number > 1 ? name(number - 1) : null, next: isLast ? null : name(number + 1) }
    const part = { name: `album/${name(number)}`, title, count: posts.length }
    return { part, text: albumPage(owner, { title, ...links }, posts) }
  }
  for await (const posts of pages) {
    waiting = [...waiting, ...posts]
    while (waiting.length > PART) yield cut(false)
  }
  if (waiting.length > 0) yield cut(true)
}

/** `3 May 2024 to 1 June 2024` */
function titleOf(posts: readonly AlbumPost[]): string {
  const [first, last] = [posts[0], posts.at(-1)].map((post) => (post ? dayOf(post.created_at) : ''))
  return first === last ? String(first) : `${first} – ${last}`
}
