import type { ExploreReason, PostId, UserId } from '@tintype/contract'
import type { Reason } from './blend.ts'
import type { ExploreDeps } from './deps.ts'

/** Says why, with names: of those alone whom the viewer follows, and of posts' authors that they may see. */
export class Reasons {
  readonly #deps: Pick<ExploreDeps, 'members' | 'graph' | 'posts'>

  constructor(deps: Pick<ExploreDeps, 'members' | 'graph' | 'posts'>) {
    this.#deps = deps
  }

  /** In the order given. */
  async tell(viewerId: UserId, reasons: readonly Reason[]): Promise<ExploreReason[]> {
    const { members, graph, posts } = this.#deps
    const authors = await posts.authorOf(reasons.flatMap((reason) => reason.post_id ?? []))
    const [{ following }, see] = await Promise.all([
      graph.relations(viewerId),
      graph.judge(viewerId, [...new Set(authors.values())]),
    ])
    const friends = reasons.flatMap(({ ids = [] }) => ids.filter((id) => following.has(id)))
    const liked = [...authors.values()].filter((id) => see(id) === 'full')
    const named = await members.usernames([...new Set([...friends, ...liked])])
    const authorOf = (id: PostId | undefined) => named.get((id && authors.get(id)) as UserId)
    return reasons.map(({ kind, ids = [], count = 0, text, post_id }) => {
      const names = ids.flatMap((id) => (following.has(id) ? (named.get(id) ?? []) : []))
      const others = names.length === 0 ? 0 : Math.max(0, count - names.length)
      return { kind, names, others, about: text ?? authorOf(post_id) ?? null }
    })
  }
}
