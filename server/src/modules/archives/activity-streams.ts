import { escapeHtml as safe } from '../../kit/escape-html.ts'
import type { AlbumFile, AlbumPost } from './album.ts'

/** https://www.w3.org/TR/activitystreams-core/ */
const CONTEXT = 'https://www.w3.org/ns/activitystreams'
const PUBLIC = `${CONTEXT}#Public`

export interface StreamActor {
  username: string
  full_name: string
  bio: string
  is_private: boolean
  /** Of the profile, and of the community. */
  address: string
  site: string
}

const html = (text: string): string => (text ? `<p>${safe(text).replaceAll('\n', '<br>')}</p>` : '')

export function actorText({ username, full_name, bio, is_private, address }: StreamActor): string {
  const actor = {
    '@context': CONTEXT,
    id: address,
    type: 'Person',
    preferredUsername: username,
    name: full_name || username,
    summary: html(bio),
    url: address,
    manuallyApprovesFollowers: is_private,
    outbox: 'outbox.json',
  }
  return `${JSON.stringify(actor, null, 2)}\n`
}

/** Posts, oldest first, each as what made it. */
export async function* outboxText(
  actor: StreamActor,
  pages: AsyncIterable<AlbumPost[]>,
): AsyncGenerator<string> {
  const head = { '@context': CONTEXT, id: 'outbox.json', type: 'OrderedCollection' }
  yield `${JSON.stringify(head).slice(0, -1)},"orderedItems":[`
  let count = 0
  for await (const posts of pages)
    for (const post of posts)
      yield `${count++ === 0 ? '\n' : ',\n'}${JSON.stringify(activityOf(actor, post))}`
  yield `\n],"totalItems":${count}}\n`
}

function activityOf({ address, site, is_private }: StreamActor, post: AlbumPost): unknown {
  const id = `${site}/p/${post.post_id}`
  const isForSome = post.archived || post.circles.length > 0
  const to = [isForSome ? address : is_private ? `${address}/followers` : PUBLIC]
  return {
    id: `${id}#create`,
    type: 'Create',
    actor: address,
    published: post.created_at,
    to,
    object: {
      id,
      type: 'Note',
      url: id,
      attributedTo: address,
      published: post.created_at,
      to,
      content: html(post.caption),
      ...(post.location && { location: { type: 'Place', name: post.location.name } }),
      attachment: post.media.flatMap(attachmentOf),
    },
  }
}

const attachmentOf = ({ file, type, alt_text }: AlbumFile) =>
  file ? [{ type: 'Document', mediaType: type, url: file, name: alt_text }] : []
