import type { Media, MediaId, PostId, UserId } from '@tintype/contract'
import type { Cache } from '../engines/cache/port.ts'
import { standingOf } from '../modules/graph/policy.ts'
import { maySeePost } from '../modules/posts/policy.ts'
import {
  type Author,
  type Card,
  type Counters,
  cardKey,
  cardOf,
  isCurrent,
  type PostRecord,
  write,
} from './card.ts'

type Ids<T> = readonly T[]
interface Circle {
  following: ReadonlySet<UserId>
  blocked: ReadonlySet<UserId>
}

/** The batch readers that a post on the screen is made of; each is cached, and one round trip for what is not. */
export interface PostViewDeps {
  cache: Cache
  /** Seconds. */
  postTtl: number
  posts: { records(ids: Ids<PostId>): Promise<Map<PostId, PostRecord>> }
  users: { authors(ids: Ids<UserId>): Promise<Map<UserId, Author>> }
  media: { views(ids: Ids<MediaId>): Promise<Map<MediaId, Omit<Media, 'alt_text'>>> }
  engagement: {
    /** With what the viewer did counted at once; no states for a visitor. */
    tallies(
      viewerId: UserId | null,
      ids: Ids<PostId>,
    ): Promise<{
      counters: Map<PostId, Counters>
      states: Map<PostId, { liked: boolean; saved: boolean }> | undefined
    }>
  }
  graph: { circle(userId: UserId): Promise<Circle> }
}

/** A post as one viewer may see it; `json` is a Post of the contract. */
export interface ShownPost {
  post_id: PostId
  status: PostRecord['status']
  json: string
}

/** Shows posts to a viewer (null: a visitor), in the order asked; those they may not see are left out. */
export type ShowPosts = (viewerId: UserId | null, ids: Ids<PostId>) => Promise<ShownPost[]>

/**
 * Every post that leaves the API passes here. What is the same for all viewers (a card, an author) is cached as text and
 * joined with what is not: counters, the viewer's state, and above all whether they may see it, judged each time.
 */
export function postView(deps: PostViewDeps): ShowPosts {
  return async (viewerId, ids) => {
    if (ids.length === 0) return []
    const [{ cards, authors }, { counters, states }, circle] = await Promise.all([
      currentCards(deps, ids),
      deps.engagement.tallies(viewerId, ids),
      viewerId === null ? undefined : deps.graph.circle(viewerId),
    ])
    const shown: ShownPost[] = []
    for (const id of ids) {
      const card = cards.get(id)
      const author = card && authors.get(card.author_id)
      if (!author || !maySeePost(card, viewerId, standingOf(viewerId, circle, author.user_id, author)))
        continue
      const state = states?.get(id)
      const flags = {
        liked: state?.liked,
        saved: state?.saved,
        following: circle?.following.has(author.user_id),
        is_author: viewerId === author.user_id,
      }
      shown.push({ post_id: id, status: card.status, json: write(card, author, counters.get(id), flags) })
    }
    return shown
  }
}

interface Cards {
  cards: Map<PostId, Card>
  authors: Map<UserId, Author>
}

/** Cards whose pictures' links are good; those made before their author's account changed are made anew. */
async function currentCards(deps: PostViewDeps, ids: Ids<PostId>): Promise<Cards> {
  const cards = await readCards(deps, ids)
  const authors = await deps.users.authors([...new Set([...cards.values()].map((card) => card.author_id))])
  const stale = [...cards.values()].filter((card) => {
    const author = authors.get(card.author_id)
    return author && !isCurrent(card, author)
  })
  if (stale.length === 0) return { cards, authors }
  const again = stale.map((card) => card.post_id)
  await deps.cache.del(again.map(cardKey))
  for (const [id, card] of await readCards(deps, again)) cards.set(id, card)
  return { cards, authors }
}

async function readCards(deps: PostViewDeps, ids: Ids<PostId>): Promise<Map<PostId, Card>> {
  const { cache, posts, users, media, postTtl } = deps
  const found = await cache.throughMany<Card>(ids.map(cardKey), { ttl: postTtl }, async (missing) => {
    const records = [
      ...(await posts.records(missing.map((key) => key.slice('card:'.length) as PostId))).values(),
    ]
    // Before the pictures: links newer than the author's state only make the card be made once more.
    const authors = await users.authors([...new Set(records.map((post) => post.author_id))])
    const pictures = await media.views(records.flatMap((post) => post.media.map((item) => item.media_id)))
    const cards = records.flatMap((post) => {
      const author = authors.get(post.author_id)
      return author ? [[cardKey(post.post_id), cardOf(post, author, pictures)] as const] : []
    })
    return new Map(cards)
  })
  return new Map([...found.values()].map((card) => [card.post_id, card]))
}
