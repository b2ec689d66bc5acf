import type { CircleId, UserId } from '@tintype/contract'
import { strangerOf, VISITOR, type Viewer } from '../../access/visibility.ts'
import { type Cache, type Entries, on } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import { type RelationRow, readRelations } from './list-store.ts'

type Ids = ReadonlySet<UserId>
export interface GraphRelations {
  following: Ids
  blocking: Ids
  blockedBy: Ids
  muted: Ids
  circles: ReadonlySet<CircleId>
}
/** What decides whose stories a member sees, and whose come up for them. */
export interface StoryViewer extends Viewer {
  following: Ids
  /** Of stories, or of all they do. */
  muted: Ids
}

interface RelationsDeps {
  db: Db
  cache: Cache
  graph: { relations(userId: UserId): Promise<GraphRelations> }
}

/** Seconds; a change is told to all processes at once, this only bounds what is held. */
const TTL = 1800

/** Members as viewers of stories; cached, and forgotten whenever somebody's lists change that hold them. */
export class Relations {
  readonly #deps: RelationsDeps
  readonly #rows: Entries<UserId, RelationRow>
  /** As long as the cache answers the same objects, so is what is made of them. */
  readonly #viewers = new WeakMap<GraphRelations, { row: RelationRow; viewer: StoryViewer }>()

  constructor(deps: RelationsDeps) {
    this.#deps = deps
    this.#rows = deps.cache.entries('story-relations', {
      ttl: TTL,
      forgets: [on(['stories.list_changed'], (e) => [e.owner_id, e.member_id])],
    })
  }

  async viewer(userId: UserId): Promise<StoryViewer> {
    const [relations, row] = await Promise.all([
      this.#deps.graph.relations(userId),
      this.#rows.through(userId, () => readRelations(this.#deps.db.query, userId)),
    ])
    const known = this.#viewers.get(relations)
    if (known?.row === row) return known.viewer
    const { following, blocking, blockedBy, circles } = relations
    const viewer = {
      user_id: userId,
      following,
      blocking,
      blockedBy,
      circles,
      muted: new Set([...relations.muted, ...row.muted]),
      closeFriendOf: new Set(row.close_friend_of),
      storiesHiddenBy: new Set(row.hidden_by),
    }
    this.#viewers.set(relations, { row, viewer })
    return viewer
  }

  /** Stories have no visitors. */
  async viewerOf(userId: UserId | null, isAlone: boolean): Promise<Viewer> {
    if (userId === null) return VISITOR
    return isAlone ? strangerOf(userId) : this.viewer(userId)
  }

  /** They have muted the author's stories, whatever else of theirs. */
  async hasMuted(userId: UserId, authorId: UserId): Promise<boolean> {
    const row = await this.#rows.through(userId, () => readRelations(this.#deps.db.query, userId))
    return row.muted.includes(authorId)
  }

  /** All who have blocked the member or are blocked by them. */
  async blocked(userId: UserId): Promise<UserId[]> {
    const { blocking, blockedBy } = await this.#deps.graph.relations(userId)
    return [...blocking, ...blockedBy]
  }
}
