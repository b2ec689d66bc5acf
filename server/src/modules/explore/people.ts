import type { SuggestedPerson, SuggestionReason, UserId, UserListEntry } from '@tintype/contract'
import type { Entries } from '../../engines/cache/port.ts'
import type { FriendOfFriends } from '../graph/api.ts'
import * as store from './candidate-store.ts'
import type { Candidates } from './candidates.ts'
import type { ExploreDeps } from './deps.ts'
import { readRefusals } from './refusal-store.ts'

type Deps = Pick<ExploreDeps, 'db' | 'cache' | 'graph' | 'members' | 'questions'> & {
  candidates: Pick<Candidates, 'kindred'>
}
type Kind = SuggestionReason['kind']

/** Candidates of each kind, at most. */
const EACH = 60
/** Seconds for which who is popular is the same for everybody. */
const POPULAR_TTL = 60
/** Named of those through whom somebody is known. */
const NAMED = 2

/** Members the viewer may want to follow: whom their friends follow, who posts what they like, who is popular, who is new; in this order. */
export class People {
  readonly #deps: Deps
  readonly #popular: Entries<'popular', UserId[]>

  constructor(deps: Deps) {
    this.#deps = deps
    this.#popular = deps.cache.entries('popular-authors', { ttl: POPULAR_TTL })
  }

  async suggest(viewerId: UserId, limit: number): Promise<SuggestedPerson[]> {
    const { db, graph, questions, members, candidates } = this.#deps
    const [known, kindred, popular, newest, refused, relations] = await Promise.all([
      questions.friendsOfFriends(viewerId, EACH),
      candidates.kindred(viewerId, EACH),
      this.#popular.through('popular', () => store.popularAuthors(db.query, EACH)),
      members.newest(EACH),
      readRefusals(db.query, viewerId),
      graph.relations(viewerId),
    ])
    const kinds = new Map<UserId, Kind>()
    const add = (ids: readonly UserId[], kind: Kind) => {
      for (const id of ids) if (!kinds.has(id)) kinds.set(id, kind)
    }
    add(
      known.map((each) => each.user_id),
      'mutuals',
    )
    add(kindred, 'interests')
    add(popular, 'popular')
    add(newest, 'new')
    const unwanted = new Set([...refused.people, ...refused.authors, ...relations.muted, viewerId])
    const ids = [...kinds.keys()].filter((id) => !unwanted.has(id) && !relations.following.has(id))
    const entries = await graph.listEntries(viewerId, ids, { comingUp: true })
    const chosen = ids.flatMap((id) => wanted(entries.get(id)) ?? []).slice(0, limit)
    return this.#explain(viewerId, chosen, { kinds, known })
  }

  async #explain(
    viewerId: UserId,
    chosen: readonly UserListEntry[],
    { kinds, known }: { kinds: ReadonlyMap<UserId, Kind>; known: readonly FriendOfFriends[] },
  ): Promise<SuggestedPerson[]> {
    const { questions, members } = this.#deps
    const through = new Map(known.map((each) => [each.user_id, each]))
    const others = chosen.map((entry) => entry.user_id).filter((id) => !through.has(id))
    for (const [id, each] of await questions.mutuals(viewerId, others)) through.set(id, each)
    const ids = chosen.flatMap(({ user_id }) => through.get(user_id)?.via.slice(0, NAMED) ?? [])
    const usernames = await members.usernames([...new Set(ids)])
    return chosen.map((entry) => {
      const { via = [], count = 0 } = through.get(entry.user_id) ?? {}
      const names = via.slice(0, NAMED).flatMap((id) => usernames.get(id) ?? [])
      const kind = names.length > 0 ? 'mutuals' : (kinds.get(entry.user_id) ?? 'new')
      return { ...entry, why: { kind, names, others: names.length === 0 ? 0 : count - names.length } }
    })
  }
}

/** Not whom the viewer follows or has asked to; nor who is hidden from them, who has no entry. */
const wanted = (entry: UserListEntry | undefined): UserListEntry | undefined =>
  entry?.viewer && !entry.viewer.following && !entry.viewer.requested ? entry : undefined
