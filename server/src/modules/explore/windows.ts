import type { PostId, UserId } from '@tintype/contract'
import { blend, type Candidate, SCREEN, type Source, spread } from './blend.ts'
import type { ExploreDeps } from './deps.ts'
import type { Refusals } from './refusal-store.ts'
import * as store from './window-store.ts'

interface Ref {
  post_id: PostId
  author_id: UserId
}

/** What windows are made of. */
export interface Shelf {
  kind: store.Kind
  /** Candidates for a viewer; what is like the posts they refused counts less. */
  of(viewerId: UserId, disliked: readonly PostId[]): Promise<Source[]>
  /** All there is, newest first. */
  newest(page: { before: PostId | undefined; limit: number }): Promise<Ref[]>
  /** What a viewer knows, whatever windows have shown them. */
  known(viewerId: UserId): Promise<readonly PostId[]>
  /** Posts of those whom the viewer follows belong there, and be they private. */
  withFollowed: boolean
  /** See blend. */
  chance?: number
}

type Deps = ExploreDeps & { shelf: Shelf }
type Session = Omit<store.WindowKey, 'number'>

/** Posts of a window: four screens. */
const SIZE = 4 * SCREEN
/** Posts read at once where the newest are gone through, and how often for one window. */
const CHUNK = 200
const READS = 10

/**
 * The windows of a visit, each made when the one before it has been read to its end.
 *
 *   chosen --nothing like a screen's worth is left--> newest --none is left--> again --none is left--> the end
 *
 * `newest` leaves out what they have been shown and, in explore, whom the viewer follows; `again` shows that, too: where a community is small, all that is
 * public in it is there, and explore is never blank.
 */
export class Windows {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** Undefined: the visit ends before it, or is forgotten. */
  async get(
    viewerId: UserId,
    { session_id, number }: { session_id: string; number: number },
    refused: Refusals,
  ): Promise<store.Window | undefined> {
    const { db } = this.#deps
    const session = { user_id: viewerId, session_id }
    const made = await store.readWindow(db.query, { ...session, number })
    if (made) return made
    const last = number === 0 ? null : await store.readWindow(db.query, { ...session, number: number - 1 })
    if (last === undefined || last?.post_ids.length === 0 || number >= store.KEPT) return undefined
    return store.saveWindow(
      db.query,
      this.#deps.shelf.kind,
      session,
      await this.#make(session, last, refused),
    )
  }

  async #make(session: Session, last: store.Window | null, refused: Refusals): Promise<store.Window> {
    const { db, posts, shelf } = this.#deps
    const [memory, known] = await Promise.all([
      store.readMemory(db.query, shelf.kind, session.user_id, session.session_id),
      shelf.known(session.user_id),
    ])
    for (const id of known) memory.seen.add(id)
    const stood = memory.session.slice(-SCREEN)
    const authors = await posts.authorOf(stood)
    const before = stood.flatMap((id) => authors.get(id) ?? [])
    const number = (last?.number ?? -1) + 1
    const rules = { viewerId: session.user_id, refused }
    if (!last || last.phase === store.phases.chosen) {
      const chosen = await this.#chosen(`${session.session_id} ${number}`, { ...rules, ...memory, before })
      if (chosen.length >= SCREEN || (chosen.length > 0 && !last))
        return windowOf(number, chosen, { phase: store.phases.chosen, before: null })
    }
    const below = last?.before ?? undefined
    if (last?.phase !== store.phases.again) {
      const { found, end } = await this.#newest(below, { ...rules, shown: memory.seen, isAgain: false })
      const ended = { phase: store.phases.newest, before: end }
      if (found.length > 0) return windowOf(number, spread(found, SIZE, before), ended)
    }
    const shown = new Set(memory.session)
    const from = last?.phase === store.phases.again ? below : undefined
    const { found, end } = await this.#newest(from, { ...rules, shown, isAgain: true })
    return windowOf(number, spread(found, SIZE, before), { phase: store.phases.again, before: end })
  }

  async #chosen(
    seed: string,
    {
      viewerId,
      refused,
      seen,
      before,
    }: { viewerId: UserId; refused: Refusals; seen: Set<PostId>; before: UserId[] },
  ): Promise<Candidate[]> {
    const { shelf } = this.#deps
    const sources = await shelf.of(viewerId, refused.posts)
    const all = sources.flatMap((source) => source.candidates)
    const passes = await this.#rule(viewerId, refused, all, false)
    const left = sources.map(({ weight, candidates }) => ({
      weight,
      candidates: candidates.filter((candidate) => passes(candidate) && !seen.has(candidate.post_id)),
    }))
    return blend({ sources: left, seed, size: SIZE, before, chance: shelf.chance })
  }

  /** The newest that pass below a post, about a window's worth; `end`: where the next begins, null: there are no more. */
  async #newest(
    below: PostId | undefined,
    rules: { viewerId: UserId; refused: Refusals; shown: Set<PostId>; isAgain: boolean },
  ): Promise<{ found: Candidate[]; end: PostId | null }> {
    const { viewerId, refused, shown, isAgain } = rules
    const found: Candidate[] = []
    for (let read = 0; read < READS; read++) {
      const refs = await this.#deps.shelf.newest({ before: below, limit: CHUNK })
      const passes = await this.#rule(viewerId, refused, refs, isAgain)
      for (const ref of refs) {
        below = ref.post_id
        if (shown.has(ref.post_id) || !passes(ref)) continue
        found.push({ ...ref, reason: { kind: isAgain ? 'again' : 'new' } })
        if (found.length === SIZE) return { found, end: below }
      }
      if (refs.length < CHUNK) return { found, end: null }
    }
    return { found, end: below ?? null }
  }

  /**
   * Of whom the viewer neither mutes, hides nor blocks; nor, unless asked, follows. In explore what everybody may see; elsewhere what
   * this viewer may, which of those they do not follow is the same.
   */
  async #rule(
    viewerId: UserId,
    refused: Refusals,
    refs: readonly { author_id: UserId }[],
    withFollowed: boolean,
  ): Promise<(ref: { post_id: PostId; author_id: UserId }) => boolean> {
    const { graph, shelf } = this.#deps
    const followed = withFollowed || shelf.withFollowed
    const authors = [...new Set(refs.map((ref) => ref.author_id))]
    const [relations, everybody, viewer] = await Promise.all([
      graph.relations(viewerId),
      followed && !shelf.withFollowed ? graph.judge(null, authors) : undefined,
      graph.judge(viewerId, authors),
    ])
    const [gone, hidden] = [new Set(refused.posts), new Set(refused.authors)]
    return ({ post_id, author_id }) =>
      author_id !== viewerId &&
      (followed || !relations.following.has(author_id)) &&
      !relations.muted.has(author_id) &&
      !hidden.has(author_id) &&
      !gone.has(post_id) &&
      // Whom one does not follow one sees only where everybody does.
      (everybody?.(author_id) ?? 'full') === 'full' &&
      viewer(author_id) === 'full'
  }
}

const windowOf = (
  number: number,
  posts: readonly Candidate[],
  { phase, before }: Pick<store.Window, 'phase' | 'before'>,
): store.Window => ({
  number,
  post_ids: posts.map((post) => post.post_id),
  reasons: posts.map((post) => post.reason),
  phase,
  before,
})
