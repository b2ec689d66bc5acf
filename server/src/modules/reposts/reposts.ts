import { type PostId, type Reposted, type RepostState, TintypeError, type UserId } from '@tintype/contract'
import type { Content } from '../../access/visibility.ts'
import { newId } from '../../kit/ids.ts'
import type { RepostChoices } from './choices.ts'
import type { RepostDeps } from './deps.ts'
import type { RepostsReader } from './reader.ts'
import * as store from './store.ts'

/** Members pass posts on to their followers, and take that back. */
export class Reposts {
  readonly #deps: RepostDeps & { choices: RepostChoices; reader: RepostsReader }

  constructor(deps: RepostDeps & { choices: RepostChoices; reader: RepostsReader }) {
    this.#deps = deps
  }

  async state(userId: UserId, postId: PostId): Promise<RepostState> {
    const { posts } = this.#deps
    const post = await posts.findVisible(userId, postId)
    const [refusal, state] = await Promise.all([this.#refusal(userId, post), this.#reposted(userId, postId)])
    return { ...state, allowed: refusal === undefined }
  }

  async repost(userId: UserId, postId: PostId): Promise<Reposted> {
    const { db, clock, outbox, posts } = this.#deps
    const post = await posts.findVisible(userId, postId)
    const refusal = await this.#refusal(userId, post)
    if (refusal) throw new TintypeError(refusal)
    const repost = { user_id: userId, post_id: postId, author_id: post.author_id }
    await db.tx(async (tx) => {
      if (!(await store.addRepost(tx, repost, newId(clock)))) return
      await store.repostCounters.add(tx, [changeOf(repost, 1)])
      await outbox.append(tx, [{ type: 'post.reposted', payload: repost }])
    })
    return this.#reposted(userId, postId)
  }

  /** What was reposted can be taken back, whatever became of it. */
  async undo(userId: UserId, postId: PostId): Promise<Reposted> {
    if (!(await this.#deps.reader.isReposted(userId, postId)))
      await this.#deps.posts.findVisible(userId, postId)
    await this.remove(userId, [postId])
    return this.#reposted(userId, postId)
  }

  async remove(userId: UserId, postIds: readonly PostId[]): Promise<void> {
    const { db, outbox } = this.#deps
    await db.tx(async (tx) => {
      const gone = await store.dropReposts(tx, [userId], postIds)
      await store.repostCounters.add(
        tx,
        gone.map((repost) => changeOf(repost, -1)),
      )
      await outbox.append(
        tx,
        gone.map((payload) => ({ type: 'post.unreposted' as const, payload })),
      )
    })
  }

  /** Only what everybody may see is passed on, and nothing of one's own. */
  async #refusal(userId: UserId, post: { author_id: UserId } & Content) {
    const { graph, choices } = this.#deps
    if (post.author_id === userId) return 'cannot_target_self'
    const [see, { allowed }] = await Promise.all([
      graph.judge(null, [post.author_id]),
      choices.of(post.author_id),
    ])
    const isPublic = see(post.author_id, post) === 'full'
    return isPublic && allowed ? undefined : 'repost_refused'
  }

  async #reposted(userId: UserId, postId: PostId): Promise<Reposted> {
    const { db, reader } = this.#deps
    const [reposted, counts] = await Promise.all([
      reader.isReposted(userId, postId),
      store.repostCounters.read(db.query, [postId], 'anybody'),
    ])
    return { reposted, reposts_count: counts.get(postId)?.reposts_count ?? 0 }
  }
}

const changeOf = ({ post_id, user_id }: store.Repost, by: 1 | -1) => ({
  key: [post_id] as [PostId],
  actor_id: user_id,
  change_id: newId<string>(),
  by: { reposts: by },
})
