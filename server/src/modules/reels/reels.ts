import { type Page, type PostId, type Reel, TintypeError, type UserId } from '@tintype/contract'
import type { Surface } from '../../access/surfaces.ts'
import { idCursor } from '../../kit/cursor.ts'
import { dayOf, idTime } from '../../kit/ids.ts'
import { fillPage } from '../../kit/page.ts'
import { type Pieces, withMembers } from '../../kit/pieces.ts'
import type { Asked, ReelDeps } from './deps.ts'
import * as store from './listing-store.ts'
import type { Sounds } from './sounds.ts'
import type { Watches } from './watches.ts'

type Deps = ReelDeps & {
  sounds: Pick<Sounds, 'of' | 'find'>
  watches: Pick<Watches, 'best' | 'by' | 'plays'>
}

/** What a reel has beside a post. */
export type ReelTrims = Pick<Reel, 'sound' | 'plays_count'>

/** Reels in lists, and what stands beside each. */
export class Reels {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  /** In the order asked. */
  async trims(viewerId: UserId | null, ids: readonly PostId[]): Promise<ReelTrims[]> {
    const { posts, sounds, watches } = this.#deps
    const records = await posts.records(ids)
    const soundOf = (id: PostId): PostId | undefined => {
      const reel = records.get(id)?.reel
      return reel?.sound_id ?? (reel?.shares_sound ? id : undefined)
    }
    const [heard, plays] = await Promise.all([
      sounds.of(viewerId, [...new Set(ids.flatMap((id) => soundOf(id) ?? []))]),
      watches.plays(ids),
    ])
    return ids.map((id) => {
      const post = records.get(id)
      const sound = heard.get(soundOf(id) as PostId) ?? null
      const isCounted = !post?.likes_hidden || post.author_id === viewerId
      return { sound, ...(isCounted && { plays_count: plays.get(id) ?? 0 }) }
    })
  }

  /** What visitors are shown: the newest of all. */
  newest(asked: Asked): Promise<Page<{ json: Pieces }>> {
    return this.#page('reels.newest', null, asked, (page) => this.recent(page), 'explore')
  }

  async ofMember(viewerId: UserId | null, username: string, asked: Asked): Promise<Page<{ json: Pieces }>> {
    const { db, members, graph } = this.#deps
    const author = await members.byUsername(username)
    const see = author && (await graph.judge(viewerId, [author.user_id]))
    if (!author || see?.(author.user_id) !== 'full') throw new TintypeError('not_found')
    const { user_id } = author
    return this.#page(`reels.${user_id}`, viewerId, asked, (page) =>
      store.authorReels(db.query, user_id, page),
    )
  }

  async withSound(viewerId: UserId | null, id: PostId, asked: Asked): Promise<Page<{ json: Pieces }>> {
    const { db, sounds } = this.#deps
    await sounds.find(viewerId, id)
    return this.#page(`sound.${id}`, viewerId, asked, (page) => store.soundReels(db.query, id, page), 'found')
  }

  recent(page: store.Below): Promise<store.ReelRef[]> {
    const { db, clock } = this.#deps
    const now = clock.now()
    const to = dayOf(page.before === undefined ? now : Math.min(now, idTime(page.before)))
    return store.recentReels(db.query, to, page)
  }

  async ofAuthors(ids: readonly UserId[], perAuthor: number): Promise<store.ReelRef[]> {
    return ids.length === 0 ? [] : store.reelsOfAuthors(this.#deps.db.query, ids, perAuthor)
  }

  best(limit: number): Promise<PostId[]> {
    return this.#deps.watches.best(limit)
  }

  watchedBy(viewerId: UserId): Promise<PostId[]> {
    return this.#deps.watches.by(viewerId)
  }

  #page(
    kind: string,
    viewerId: UserId | null,
    { cursor, limit }: Asked,
    read: (page: store.Below) => Promise<store.ReelRef[]>,
    surface?: Surface,
  ): Promise<Page<{ json: Pieces }>> {
    return fillPage<store.ReelRef, { json: Pieces }, PostId>({
      kind,
      limit,
      after: idCursor(kind, cursor),
      read: (before, count) => read({ before, limit: count }),
      keyOf: (ref) => ref.post_id,
      present: (refs) =>
        this.#present(
          viewerId,
          refs.map((ref) => ref.post_id),
          surface,
        ),
    })
  }

  async #present(
    viewerId: UserId | null,
    ids: readonly PostId[],
    surface: Surface | undefined,
  ): Promise<({ json: Pieces } | undefined)[]> {
    const [shown, trims] = await Promise.all([
      this.#deps.show(viewerId, ids, surface),
      this.trims(viewerId, ids),
    ])
    const published = new Map(
      shown.filter((post) => post.status === 'published').map((post) => [post.post_id, post]),
    )
    return ids.map((id, at) => {
      const post = published.get(id)
      return post && { json: withMembers(post.json, trims[at] ?? {}) }
    })
  }
}
