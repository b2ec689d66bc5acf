import { type Page, type PostId, TintypeError, type UserId } from '@tintype/contract'
import { decodeCursor, encodeCursor, isUuid } from '../../kit/cursor.ts'
import { newId } from '../../kit/ids.ts'
import { type Pieces, withMembers } from '../../kit/pieces.ts'
import type { Reason } from './blend.ts'
import type { ExploreDeps, Shown } from './deps.ts'
import * as refusals from './refusal-store.ts'
import * as store from './window-store.ts'
import type { Windows } from './windows.ts'

type Deps = ExploreDeps & {
  /** In cursors. */
  name: 'explore' | 'reels'
  windows: Windows
  /** What stands beside each post of a page, in their order. */
  dress(viewerId: UserId, posts: readonly Chosen[]): Promise<readonly object[]>
}

export interface Chosen {
  post_id: PostId
  reason: Reason
}

/** Where one is in a visit: in a window of it, at a post. */
interface Position {
  session_id: string
  number: number
  at: number
}
interface Item {
  shown: Shown
  reason: Reason
  position: Position
}

/** Of one request: the windows looked into. One that nothing is left of to show is passed over. */
const WINDOWS = 4

/**
 * Explore, or reels, as a member sees them. A visit is a session of windows, whose orders are kept: its pages neither repeat nor miss a post, and are the
 * same when they are asked for again. What of them was shown is not shown on later visits while there is something else.
 */
export class Visits {
  readonly #deps: Deps

  constructor(deps: Deps) {
    this.#deps = deps
  }

  async page(viewerId: UserId, asked: { cursor?: string; limit: number }): Promise<Page<{ json: Pieces }>> {
    const { db } = this.#deps
    const start = positionOf(this.#deps.name, asked.cursor) ?? {
      session_id: newId(this.#deps.clock),
      number: 0,
      at: 0,
    }
    const refused = await refusals.readRefusals(db.query, viewerId)
    const { items, end } = await this.#read(viewerId, start, { refused, limit: asked.limit })
    const [page, [extra]] = [items.slice(0, asked.limit), items.slice(asked.limit)]
    const next = extra?.position ?? end
    await this.#note(viewerId, start, page, next)
    const trims = await this.#deps.dress(
      viewerId,
      page.map(({ shown: { post_id }, reason }) => ({ post_id, reason })),
    )
    return {
      items: page.map(({ shown }, at) => ({ json: withMembers(shown.json, trims[at] ?? {}) })),
      next_cursor: next ? encodeCursor(this.#deps.name, [next.session_id, next.number, next.at]) : null,
    }
  }

  /** One more than asked, to know whether there is one; `end`: where to go on where so many were not found and there is more. */
  async #read(
    viewerId: UserId,
    start: Position,
    { refused, limit }: { refused: refusals.Refusals; limit: number },
  ): Promise<{ items: Item[]; end: Position | undefined }> {
    const { windows } = this.#deps
    const items: Item[] = []
    let { number, at } = start
    for (let looked = 0; looked < WINDOWS && items.length <= limit; looked++) {
      const window = await windows.get(viewerId, { session_id: start.session_id, number }, refused)
      if (!window || window.post_ids.length === 0) return { items, end: undefined }
      while (at < window.post_ids.length && items.length <= limit) {
        const ids = window.post_ids.slice(at, at + limit + 1 - items.length)
        const shown = new Map(
          (await this.#present(viewerId, ids, refused)).map((each) => [each.post_id, each]),
        )
        for (const [index, id] of ids.entries()) {
          const post = shown.get(id)
          const reason = window.reasons[at + index]
          const position = { session_id: start.session_id, number, at: at + index }
          if (post && reason) items.push({ shown: post, reason, position })
        }
        at += ids.length
      }
      if (items.length <= limit) [number, at] = [number + 1, 0]
    }
    return { items, end: { session_id: start.session_id, number, at } }
  }

  /** Without those that the viewer may not see, or has asked not to. */
  async #present(
    viewerId: UserId,
    ids: readonly PostId[],
    refused: refusals.Refusals,
  ): Promise<readonly Shown[]> {
    const { show, graph, posts } = this.#deps
    const [shown, { muted }, authors] = await Promise.all([
      show(viewerId, ids, 'explore'),
      graph.relations(viewerId),
      posts.authorOf(ids),
    ])
    const [gone, hidden] = [new Set(refused.posts), new Set(refused.authors)]
    return shown.filter(({ post_id }) => {
      const author = authors.get(post_id)
      return author && !gone.has(post_id) && !hidden.has(author) && !muted.has(author)
    })
  }

  /** What of the windows is on the member's screen with this page. */
  async #note(
    viewerId: UserId,
    start: Position,
    page: readonly Item[],
    next: Position | undefined,
  ): Promise<void> {
    const upTo = new Map<number, number>()
    for (const { position } of page) upTo.set(position.number, position.at + 1)
    if (next && next.number === start.number)
      upTo.set(next.number, Math.max(next.at, upTo.get(next.number) ?? 0))
    await Promise.all(
      [...upTo].map(([number, shown]) =>
        store.markShown(
          this.#deps.db.query,
          { user_id: viewerId, session_id: start.session_id, number },
          shown,
        ),
      ),
    )
  }
}

function positionOf(name: Deps['name'], cursor: string | undefined): Position | undefined {
  if (cursor === undefined) return undefined
  const [session_id, number, at, ...rest] = decodeCursor(name, cursor)
  const isPlace = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0
  const isRight = typeof session_id === 'string' && isUuid(session_id) && isPlace(number) && isPlace(at)
  if (!isRight || rest.length > 0 || number > 1000 || at > 1000) throw new TintypeError('bad_cursor')
  return { session_id, number, at }
}
