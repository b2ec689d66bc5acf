import type { Media, MediaId, PostId, UserId } from '@tintype/contract'
import type { Cache, Entries } from '../engines/cache/port.ts'
import type { Pieces } from '../kit/pieces.ts'
import { standingOf } from '../modules/graph/policy.ts'
import { maySeePost } from '../modules/posts/policy.ts'
import type { LinkedText, Texts } from '../text/texts.ts'
import { type Author, type Card, type Counters, cardOf, isCurrent, type PostRecord, write } from './card.ts'

type Ids<T> = readonly T[]
interface Circle {
  following: ReadonlySet<UserId>
  blocked: ReadonlySet<UserId>
}

/** Cards as the cache keeps them, and forgets with their posts. Seconds. */
export const cardEntries = (cache: Cache, ttl: number) => cache.entries<PostId, Card>('card', { ttl })

/** The batch readers that a post on the screen is made of; each is cached, and one round trip for what is not. */
export interface PostViewDeps {
  cards: Entries<PostId, Card>
  posts: { records(ids: Ids<PostId>): Promise<Map<PostId, PostRecord>> }
  users: { authors(ids: Ids<UserId>): Promise<Map<UserId, Author>> }
  media: { views(ids: Ids<MediaId>): Promise<Map<MediaId, Omit<Media, 'alt_text'>>> }
  engagement: {
    /** In the order asked, with what the viewer did counted at once; no states for a visitor. */
    tallies(
      viewerId: UserId | null,
      ids: Ids<PostId>,
    ): Promise<{
      counters: Ids<Counters>
      states: Ids<{ liked: boolean; saved: boolean }> | undefined
    }>
  }
  graph: { circle(userId: UserId): Promise<Circle> }
  texts: Pick<Texts, 'read'>
}

/** A post as one viewer may see it; `json` is a Post of the contract. */
export interface ShownPost {
  post_id: PostId
  status: PostRecord['status']
  json: Pieces
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
    const texts = await readTexts(deps, viewerId, cards)
    const shown: ShownPost[] = []
    for (const [at, card] of cards.entries()) {
      const author = card && authors.get(card.author_id)
      if (!author || !maySeePost(card, viewerId, standingOf(viewerId, circle, author.user_id, author)))
        continue
      const state = states?.[at]
      const flags = {
        liked: state?.liked,
        saved: state?.saved,
        following: circle?.following.has(author.user_id),
        is_author: viewerId === author.user_id,
      }
      const json = write(card, author, counters[at], flags, texts?.get(card))
      shown.push({ post_id: card.post_id, status: card.status, json })
    }
    return shown
  }
}

/** The captions that mention somebody, as the viewer reads them; most pages have none. */
async function readTexts(
  { texts }: PostViewDeps,
  viewerId: UserId | null,
  cards: Cards,
): Promise<Map<Card, LinkedText> | undefined> {
  const mentioning = cards.filter((card) => card?.text !== undefined) as (Card &
    Required<Pick<Card, 'text'>>)[]
  if (mentioning.length === 0) return undefined
  const read = await texts.read(
    viewerId,
    mentioning.map(({ text }) => text),
  )
  return new Map(mentioning.flatMap((card, at) => (read[at] ? [[card, read[at]] as const] : [])))
}

/** In the order asked; undefined where there is no such post. */
type Cards = (Card | undefined)[]
type Authors = Map<UserId, Author>

/** Cards whose pictures' links are good; those made before their author's account changed are made anew. */
async function currentCards(
  deps: PostViewDeps,
  ids: Ids<PostId>,
): Promise<{ cards: Cards; authors: Authors }> {
  const cards = await readCards(deps, ids)
  const authorIds = new Set<UserId>()
  for (const card of cards) if (card) authorIds.add(card.author_id)
  const authors = await deps.users.authors([...authorIds])
  const isStale = (card: Card | undefined) => {
    const author = card && authors.get(card.author_id)
    return author !== undefined && !isCurrent(card as Card, author)
  }
  if (!cards.some(isStale)) return { cards, authors }
  await deps.cards.del(cards.flatMap((card) => (card && isStale(card) ? card.post_id : [])))
  return { cards: await readCards(deps, ids), authors }
}

function readCards(deps: PostViewDeps, ids: Ids<PostId>): Promise<Cards> {
  const { cards, posts, users, media } = deps
  return cards.throughMany(ids, async (missing) => {
    const records = [...(await posts.records(missing)).values()]
    // Before the pictures: links newer than the author's state only make the card be made once more.
    const authors = await users.authors([...new Set(records.map((post) => post.author_id))])
    const pictures = await media.views(records.flatMap((post) => post.media.map((item) => item.media_id)))
    const made = records.flatMap((post) => {
      const author = authors.get(post.author_id)
      return author ? [[post.post_id, cardOf(post, author, pictures)] as const] : []
    })
    return new Map(made)
  })
}
