import type { MediaId, PostId, UntitledMedia, UserId } from '@tintype/contract'
import { mayComment, type Ties } from '../access/commenting.ts'
import { leavesOut, type Surface, seesAtOnce, type Tastes } from '../access/surfaces.ts'
import { comesUp, VISITOR, type Viewer, visibility } from '../access/visibility.ts'
import { type Cache, type DerivedEntries, on } from '../engines/cache/port.ts'
import type { Pieces } from '../kit/pieces.ts'
import type { LinkedText, Texts } from '../text/texts.ts'
import { hasFilteredWord } from '../text/word-filter.ts'
import {
  type Author,
  type Card,
  type Counters,
  captionOf,
  cardOf,
  isCurrent,
  type PostRecord,
  write,
} from './card.ts'

type Ids<T> = readonly T[]

/** Cards as the cache keeps them, `ttl` seconds at most, and forgets with their posts. */
export const cardEntries = (cache: Cache, ttl: number) =>
  cache.derived<PostId, Card>('card', {
    ttl,
    forgets: [
      on(
        [
          'post.published',
          'post.failed',
          'post.edited',
          'post.archived',
          'post.restored',
          'post.pinned',
          'post.unpinned',
          'post.people_changed',
          'post.collaborators_changed',
          'post.deleted',
        ],
        (e) => [e.post_id],
      ),
      // A film has its other sizes now.
      on(['media.refined'], ({ subject }) => (subject?.kind === 'post' ? [subject.id as PostId] : [])),
    ],
  })

/** The batch readers that a post on the screen is made of; each is cached, and one round trip for what is not. */
export interface PostViewDeps {
  cards: DerivedEntries<PostId, Card>
  posts: { records(ids: Ids<PostId>): Promise<Map<PostId, PostRecord>> }
  people: { authors(ids: Ids<UserId>): Promise<Map<UserId, Author>> }
  media: { views(ids: Ids<MediaId>, viewerId?: UserId): Promise<Map<MediaId, UntitledMedia>> }
  graph: Ties & { relations(userId: UserId): Promise<Viewer & Tastes> }
  texts: Pick<Texts, 'read'>
}

/** What viewers do with posts: in one round trip, however many posts. */
interface Engagement {
  /** In the order asked, with what the viewer did counted at once; no states for a visitor. */
  postStats(
    viewerId: UserId | null,
    ids: Ids<PostId>,
  ): Promise<{
    counters: Ids<Counters>
    states: Ids<{ liked: boolean; saved: boolean }> | undefined
  }>
}

/** A post that its viewer may see, to be presented. */
export interface JudgedPost {
  /** Its place among those asked for. */
  at: number
  card: Card
  author: Author
  /** Who has made it with them, as far as the viewer sees them. */
  others: readonly Author[]
  /** The caption as the viewer reads it, where it mentions somebody. */
  text: LinkedText | undefined
  /** Where comments are not for everybody. */
  may_comment?: boolean
}

/** Of those asked for, in their order, what the viewer may see and, on a surface, wants to. */
interface Judged {
  viewer: Viewer & Tastes
  posts: JudgedPost[]
}
export type JudgePosts = (viewerId: UserId | null, ids: Ids<PostId>, surface?: Surface) => Promise<Judged>

/** A post as one viewer may see it; `json` is a Post of the contract. */
export interface ShownPost {
  post_id: PostId
  author_id: UserId
  status: PostRecord['status']
  json: Pieces
}

/** Shows posts to a viewer (null: a visitor), in the order asked; those they may not see are left out, and what they do not want on that surface. */
export type ShowPosts = (viewerId: UserId | null, ids: Ids<PostId>, surface?: Surface) => Promise<ShownPost[]>

/**
 * Every post that leaves the server passes here. What is the same for all viewers (a card, an author) is cached as text; whether
 * they may see it is judged each time, once, whatever is then made of it.
 */
export function judgePosts(deps: PostViewDeps): JudgePosts {
  return async (viewerId, ids, surface) => {
    const [{ cards, authors }, viewer] = await Promise.all([
      currentCards(deps, ids),
      viewerId === null ? VISITOR : deps.graph.relations(viewerId),
    ])
    const posts: JudgedPost[] = []
    for (const [at, card] of cards.entries()) {
      const author = card && authors.get(card.author_id)
      if (author && visibility(viewer, author, card) === 'full' && !isLeftOut(viewer, card, surface))
        posts.push({ at, card, author, others: othersOf(card, authors, viewer), text: undefined })
    }
    await Promise.all([readTexts(deps, viewerId, posts), readCommenting(deps, viewer, posts)])
    return { viewer, posts }
  }
}

/** Presents them as replies: joined with the counters and with what the viewer did. */
export function postView(engagement: Engagement, judge: JudgePosts): ShowPosts {
  return async (viewerId, ids, surface) => {
    if (ids.length === 0) return []
    const [{ viewer, posts }, { counters, states }] = await Promise.all([
      judge(viewerId, ids, surface),
      engagement.postStats(viewerId, ids),
    ])
    return posts.map(({ at, card, author, others, text, may_comment }) => {
      const state = states?.[at]
      const flags = {
        liked: state?.liked,
        saved: state?.saved,
        following: viewer.following.has(author.user_id),
        is_author: viewerId === author.user_id,
        ...(may_comment === false && { may_comment }),
        uncovered: card.sensitive && seesAtOnce(viewer, author.user_id),
        invited: viewerId !== null && card.together?.invited.includes(viewerId) === true,
      }
      const json = write(card, author, counters[at], flags, text, others)
      return { post_id: card.post_id, author_id: author.user_id, status: card.status, json }
    })
  }
}

const isLeftOut = (viewer: Viewer & Tastes, card: Card, surface: Surface | undefined): boolean =>
  leavesOut(viewer, card, surface, (words) => hasFilteredWord(captionOf(card), words))

const NOBODY: readonly Author[] = []

/** Names of a post's other authors stand as traces do: an account that is private leaves them there. */
function othersOf(card: Card, authors: Authors, viewer: Viewer): readonly Author[] {
  if (!card.together) return NOBODY
  const known = card.together.accepted.flatMap((id) => authors.get(id) ?? [])
  return known.filter((one) => comesUp(viewer, one))
}

/** The captions that mention somebody, as the viewer reads them; most pages have none. */
async function readTexts(
  { texts }: PostViewDeps,
  viewerId: UserId | null,
  posts: readonly JudgedPost[],
): Promise<void> {
  const mentioning = posts.filter(({ card }) => card.text !== undefined)
  if (mentioning.length === 0) return
  const read = await texts.read(
    viewerId,
    mentioning.flatMap(({ card }) => card.text ?? []),
  )
  for (const [at, post] of mentioning.entries()) post.text = read[at]
}

/** Of the posts that limit who may comment; most pages have none, and whom their authors follow is cached. */
async function readCommenting(
  { graph }: PostViewDeps,
  viewer: Viewer,
  posts: readonly JudgedPost[],
): Promise<void> {
  const limited = posts.filter(({ card }) => card.commenting !== undefined)
  await Promise.all(
    limited.map(async (post) => {
      const { commenting } = post.card
      if (commenting) post.may_comment = await mayComment(viewer, commenting, graph)
    }),
  )
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
  for (const card of cards) {
    if (!card) continue
    authorIds.add(card.author_id)
    for (const id of card.together?.accepted ?? []) authorIds.add(id)
  }
  const authors = await deps.people.authors([...authorIds])
  const isStale = (card: Card | undefined) => {
    const author = card && authors.get(card.author_id)
    return author !== undefined && !isCurrent(card as Card, author)
  }
  if (!cards.some(isStale)) return { cards, authors }
  await deps.cards.del(cards.flatMap((card) => (card && isStale(card) ? card.post_id : [])))
  return { cards: await readCards(deps, ids), authors }
}

function readCards(deps: PostViewDeps, ids: Ids<PostId>): Promise<Cards> {
  const { cards, posts, people, media } = deps
  return cards.throughMany(ids, async (missing) => {
    const records = [...(await posts.records(missing)).values()]
    // Before the pictures: links newer than the author's state only make the card be made once more.
    const authors = await people.authors([...new Set(records.map((post) => post.author_id))])
    const pictures = await readPictures(media, records)
    const made = records.flatMap((post) => {
      const author = authors.get(post.author_id)
      return author ? [[post.post_id, cardOf(post, author, pictures)] as const] : []
    })
    return new Map(made)
  })
}

/** Those of archived and removed posts have links for their authors alone. */
async function readPictures(
  media: PostViewDeps['media'],
  records: readonly PostRecord[],
): Promise<Map<MediaId, UntitledMedia>> {
  const idsOf = (posts: readonly PostRecord[]) =>
    posts.flatMap((post) => post.media.map((item) => item.media_id))
  const archived = records.filter((post) => post.status === 'archived' || post.status === 'removed')
  const read = [media.views(idsOf(records))]
  for (const [authorId, posts] of Map.groupBy(archived, (post) => post.author_id))
    read.push(media.views(idsOf(posts), authorId))
  const [pictures = new Map(), ...sealed] = await Promise.all(read)
  for (const some of sealed) for (const [id, picture] of some) pictures.set(id, picture)
  return pictures
}
