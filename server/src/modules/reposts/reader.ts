import {
  type Page,
  type PostId,
  repostLimits,
  TintypeError,
  type UserId,
  type UserSummary,
} from '@tintype/contract'
import { type Entries, on } from '../../engines/cache/port.ts'
import { byField } from '../../kit/by-field.ts'
import { idCursor } from '../../kit/cursor.ts'
import { fillPage } from '../../kit/page.ts'
import type { RepostChoices } from './choices.ts'
import type { RepostDeps, Shown } from './deps.ts'
import * as store from './store.ts'

/** Seconds; a repost is told to all processes, this only bounds what is held. */
const TTL = 1800
/** Of a post that is passed on by more, those beyond are asked of the table. */
const KEPT = 50
/** Posts of each followed member, and of all of them together, that a timeline begins with. */
const PER_MEMBER = 10
const BEGINNING = 200

interface Sharing {
  count: number
  /** The last first, at most `KEPT`. */
  newest: readonly UserId[]
}

interface Posted {
  post_id: PostId
  author_id: UserId
}

interface Follower {
  user_id: UserId
  following: ReadonlySet<UserId>
  muted: ReadonlySet<UserId>
}

export class RepostsReader {
  readonly #deps: RepostDeps & { choices: RepostChoices }
  readonly #sharing: Entries<PostId, Sharing>

  constructor(deps: RepostDeps & { choices: RepostChoices }) {
    this.#deps = deps
    this.#sharing = deps.cache.entries('reposts', {
      ttl: TTL,
      // Most posts are passed on by nobody.
      absence: { ttl: TTL, most: 50_000 },
      forgets: [on(['post.reposted', 'post.unreposted', 'post.deleted'], (e) => [e.post_id])],
    })
  }

  isReposted(userId: UserId, postId: PostId): Promise<boolean> {
    return store.isReposted(this.#deps.db.query, userId, postId)
  }

  existing(pairs: readonly { post_id: PostId; user_id: UserId }[]): Promise<ReadonlySet<string>> {
    return store.existing(this.#deps.db.query, pairs)
  }

  /** By how many members each was passed on; absent: by nobody. */
  async counts(ids: readonly PostId[]): Promise<Map<PostId, number>> {
    return new Map([...(await this.#of(ids))].map(([id, { count }]) => [id, count]))
  }

  /** What these members passed on of late, for a timeline that is made anew. */
  newestBy(ids: readonly UserId[]): Promise<Posted[]> {
    if (ids.length === 0) return Promise.resolve([])
    return store.newestBy(this.#deps.db.query, ids, PER_MEMBER, BEGINNING)
  }

  /** Through whom of those they follow each of the posts comes to a member, the last first; absent: through nobody. */
  async sharers(to: Follower, posts: readonly Posted[]): Promise<Map<PostId, UserSummary[]>> {
    const { choices, people } = this.#deps
    const sharing = await this.#of(posts.map((post) => post.post_id))
    if (sharing.size === 0) return new Map()
    const { muted } = await choices.of(to.user_id)
    const isWanted = (id: UserId) => to.following.has(id) && !to.muted.has(id) && !muted.has(id)
    const found = await Promise.all(
      posts.map(async (post) => [post.post_id, await this.#through(to, post, sharing, isWanted)] as const),
    )
    const shared = found.filter(([, some]) => some.length > 0)
    const summaries = await people.summaries([...new Set(shared.flatMap(([, some]) => some))])
    return new Map(shared.map(([id, some]) => [id, some.flatMap((one) => summaries.get(one) ?? [])]))
  }

  async #through(
    to: Follower,
    { post_id, author_id }: Posted,
    sharing: ReadonlyMap<PostId, Sharing>,
    isWanted: (id: UserId) => boolean,
  ): Promise<UserId[]> {
    const { choices, db } = this.#deps
    const shared = sharing.get(post_id)
    if (!shared || !(await choices.of(author_id)).allowed) return []
    const { newest, count } = shared
    let through = newest.filter(isWanted)
    if (through.length === 0 && count > newest.length)
      through = (await store.sharersAmong(db.query, post_id, [...to.following])).filter(isWanted)
    const shown = await this.#standing(to.user_id, author_id, through.slice(0, 4 * repostLimits.named))
    return shown.slice(0, repostLimits.named)
  }

  /** A profile's list of what its member passed on. */
  async ofMember(
    viewerId: UserId | null,
    username: string,
    { cursor, limit = 20 }: { cursor?: string; limit?: number },
  ): Promise<Page<Shown>> {
    const { members, graph, db } = this.#deps
    const member = await members.byUsername(username)
    const see = member && (await graph.judge(viewerId, [member.user_id]))
    if (!member || see?.(member.user_id) !== 'full') throw new TintypeError('not_found')
    const kind = `reposts.${member.user_id}`
    return fillPage<store.RepostRow, Shown, string>({
      kind,
      limit,
      after: idCursor(kind, cursor),
      read: (before, count) => store.pageReposts(db.query, member.user_id, { before, limit: count }),
      keyOf: (row) => row.repost_id,
      present: (rows) => this.#present(viewerId, member.user_id, rows),
    })
  }

  async #present(viewerId: UserId | null, memberId: UserId, rows: readonly store.RepostRow[]) {
    const { choices, graph, show } = this.#deps
    const authors = [...new Set(rows.map((row) => row.author_id))]
    const [shown, theirs, ofAuthors] = await Promise.all([
      show(
        viewerId,
        rows.map((row) => row.post_id),
      ),
      graph.judge(memberId, authors),
      Promise.all(authors.map(async (id) => [id, (await choices.of(id)).allowed] as const)),
    ])
    const allowed = new Map(ofAuthors)
    const posts = byField(shown, 'post_id')
    return rows.map(({ post_id, author_id }) => {
      const post = posts.get(post_id)
      const stands = allowed.get(author_id) && theirs(author_id) === 'full'
      return stands && post?.status === 'published' ? post : undefined
    })
  }

  /** Those of them whom the viewer sees, and who still see what they passed on. */
  async #standing(viewerId: UserId, authorId: UserId, ids: readonly UserId[]): Promise<UserId[]> {
    const { graph } = this.#deps
    const see = await graph.judge(viewerId, ids)
    const seen = ids.filter((id) => see(id) === 'full')
    const theirs = await Promise.all(seen.map((id) => graph.judge(id, [authorId])))
    return seen.filter((_, at) => theirs[at]?.(authorId) === 'full')
  }

  async #of(ids: readonly PostId[]): Promise<Map<PostId, Sharing>> {
    if (ids.length === 0) return new Map()
    const { query } = this.#deps.db
    const found = await this.#sharing.throughMany(ids, async (missing) => {
      const [sharers, counts] = await Promise.all([
        store.newestSharers(query, missing, KEPT),
        store.repostCounters.read(query, missing, 'anybody'),
      ])
      const byPost = Map.groupBy(sharers, (row) => row.post_id)
      return new Map(
        [...byPost].map(([id, rows]) => [
          id,
          { count: counts.get(id)?.reposts_count ?? 0, newest: rows.map((row) => row.user_id) },
        ]),
      )
    })
    return new Map(ids.flatMap((id, at) => (found[at] ? [[id, found[at]] as const] : [])))
  }
}
