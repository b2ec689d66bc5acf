import type { NamedHit, Page, PostId, SearchType, UserHit, UserId } from '@tintype/contract'
import type { Pieces } from '../../kit/pieces.ts'
import { cutSearch } from './cut.ts'
import type { SearchDeps } from './deps.ts'
import { type Kind, kinds, tagLabel } from './documents.ts'
import { type Circle, Finding } from './finding.ts'
import type { Labels } from './labels.ts'

/** Before the posts, on the first page of `top`. */
const TOP = { users: 5, hashtags: 4, places: 3 }

export interface Asked {
  q: string
  cursor?: string
  limit: number
}
export interface ReadyHit {
  json: Pieces
}
type Named = Exclude<SearchType, 'posts' | 'top'>
type Cut = ReturnType<typeof cutSearch>

/** What a viewer finds: each hit is judged by the truth before it is shown, whatever the index thinks. */
export class Search {
  readonly #deps: SearchDeps & { labels: Pick<Labels, 'hits'> }
  readonly #finding: Finding

  constructor(deps: SearchDeps & { labels: Pick<Labels, 'hits'> }) {
    this.#deps = deps
    this.#finding = new Finding(deps)
  }

  async find(viewerId: UserId, type: SearchType, asked: Asked): Promise<Page<ReadyHit>> {
    const cut = cutSearch(asked.q)
    const circle = await this.#finding.circleOf(viewerId)
    if (type === 'posts') return this.#posts(viewerId, cut, circle, asked)
    if (type !== 'top') {
      const { items, next_cursor } = await this.#named(viewerId, type, cut, circle, asked)
      return { items: items.map(readyHit), next_cursor }
    }
    const [names, posts] = await Promise.all([
      asked.cursor === undefined ? this.#top(viewerId, cut, circle, asked.q, TOP) : [],
      this.#posts(viewerId, cut, circle, asked),
    ])
    return { ...posts, items: [...names.map(readyHit), ...posts.items] }
  }

  /** What is being typed: of everything, or of one kind. */
  async complete(viewerId: UserId, type: Named | 'top', { q, limit }: Asked): Promise<NamedHit[]> {
    const cut = cutSearch(q)
    const circle = await this.#finding.circleOf(viewerId)
    const most = { users: limit, hashtags: Math.min(3, limit), places: Math.min(2, limit) }
    // Only hashtags begin with their sign, and only members with theirs.
    const sign =
      type === 'top' ? (/^\s*[#＃]/.test(q) ? 'hashtags' : /^\s*[@＠]/.test(q) ? 'users' : 'top') : type
    if (sign === 'top') return (await this.#top(viewerId, cut, circle, q, most)).slice(0, limit)
    return (await this.#named(viewerId, sign, cut, circle, { q, limit })).items
  }

  /** Those of the members, hashtags and places that the viewer may see, by id; of members also whom they block. */
  async named(viewerId: UserId, refs: readonly { kind: Kind; id: string }[]): Promise<Map<string, NamedHit>> {
    const idsOf = (kind: Kind) => refs.filter((ref) => ref.kind === kind).map((ref) => ref.id)
    const [users, tags, places] = [kinds.users, kinds.hashtags, kinds.places].map(idsOf)
    const groups = await Promise.all([
      this.#users(viewerId, users ?? []),
      this.#deps.labels.hits(viewerId, (tags ?? []).map(tagLabel)),
      this.#deps.labels.hits(
        viewerId,
        (places ?? []).map((id) => `@${id}`),
      ),
    ])
    const ids = [users, tags, places]
    const found = new Map<string, NamedHit>()
    for (const [group, hits] of groups.entries())
      for (const [at, hit] of hits.entries()) if (hit) found.set(keyOf(hit.type, ids[group]?.[at] ?? ''), hit)
    return found
  }

  async #top(viewerId: UserId, cut: Cut, circle: Circle, q: string, most: typeof TOP): Promise<NamedHit[]> {
    const groups = await Promise.all(
      (['users', 'hashtags', 'places'] as const).map((type) =>
        this.#named(viewerId, type, cut, circle, { q, limit: most[type] }),
      ),
    )
    return groups.flatMap((group) => group.items)
  }

  async #named(
    viewerId: UserId,
    type: Named,
    cut: Cut,
    circle: Circle,
    asked: Asked,
  ): Promise<Page<NamedHit>> {
    const search = { kind: kinds[type], viewerId, cut, circle }
    const present = (ids: readonly string[]) =>
      type === 'users'
        ? this.#users(viewerId, ids as UserId[])
        : this.#deps.labels.hits(
            viewerId,
            ids.map((id) => (type === 'places' ? `@${id}` : tagLabel(id))),
          )
    const page = await this.#finding.page<NamedHit>(search, asked, present)
    if (type !== 'users' || asked.cursor !== undefined) return page
    const blocked = await this.#blocked(viewerId, asked.q)
    return blocked ? { ...page, items: [blocked, ...page.items] } : page
  }

  async #users(viewerId: UserId, ids: readonly string[]): Promise<(UserHit | undefined)[]> {
    const entries = await this.#deps.graph.listEntries(viewerId, ids as readonly UserId[], { comingUp: true })
    return ids.map((id) => {
      const user = entries.get(id as UserId)
      return user && { type: 'user', user }
    })
  }

  /** Whom the viewer blocks, by their exact username, so that they can take it back. */
  async #blocked(viewerId: UserId, q: string): Promise<UserHit | undefined> {
    const { members, graph } = this.#deps
    const member = q.trim() === '' ? undefined : await members.byUsername(q)
    if (!member) return undefined
    const { user_id } = member
    if ((await graph.profileVisibility(viewerId, user_id)) === 'hidden') return undefined
    const user = (await graph.listEntries(viewerId, [user_id], { blocked: true })).get(user_id)
    return user?.viewer?.blocking ? { type: 'user', user } : undefined
  }

  async #posts(viewerId: UserId, cut: Cut, circle: Circle, asked: Asked): Promise<Page<ReadyHit>> {
    const search = { kind: kinds.posts, viewerId, cut, circle }
    return this.#finding.page<ReadyHit>(search, asked, async (ids) => {
      const shown = await this.#deps.show(viewerId, ids as readonly PostId[], 'found')
      const byId = new Map(shown.map((post) => [post.post_id as string, post]))
      return ids.map((id) => {
        const post = byId.get(id)
        return post && { json: ['{"type":"post","post":', ...post.json, '}'] }
      })
    })
  }
}

const readyHit = (hit: NamedHit): ReadyHit => ({ json: [JSON.stringify(hit)] })

/** Under which `named` answers. */
export const keyOf = (type: NamedHit['type'], id: string): string => `${type} ${id}`
