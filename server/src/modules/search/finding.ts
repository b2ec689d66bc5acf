import { TintypeError, type UserId } from '@tintype/contract'
import { type Match, matches, type Place, type SearchQuery } from '../../engines/search-index/port.ts'
import { decodeCursor, encodeCursor } from '../../kit/cursor.ts'
import type { cutSearch } from './cut.ts'
import type { SearchDeps } from './deps.ts'
import { type Kind, kinds } from './documents.ts'
import { circleBonus } from './ranking.ts'

/** Whom one follows, up to so many, is looked for apart, so that it comes before what is only popular. */
const CIRCLE = 1000
/** Hits that are looked through for one page. */
const SCAN = 600

/** What is searched for, by whom. */
export interface Search {
  kind: Kind
  viewerId: UserId
  cut: ReturnType<typeof cutSearch>
  circle: Circle
}

export interface Circle {
  ids: readonly UserId[]
  /** Not all of them are in `ids`. */
  isCut: boolean
}

/** How somebody is to be shown what was found, by position; undefined: not at all. */
type Present<Item> = (ids: readonly string[]) => Promise<readonly (Item | undefined)[]>

/**
 * Two questions to the index, put together: what everybody may see, and what is the viewer's own circle's, which weighs more and of which
 * the viewer may see more. Both come in the order of match, rank and id, so a page goes on behind where the last one ended.
 */
export class Finding {
  readonly #deps: Pick<SearchDeps, 'searchIndex' | 'graph'>

  constructor(deps: Pick<SearchDeps, 'searchIndex' | 'graph'>) {
    this.#deps = deps
  }

  async circleOf(viewerId: UserId): Promise<Circle> {
    const following = await this.#deps.graph.following(viewerId)
    return { ids: [viewerId, ...following.slice(0, CIRCLE)], isCut: following.length > CIRCLE }
  }

  /** A full page of what the viewer may see; what they may not leaves no gap. */
  async page<Item>(search: Search, page: { cursor?: string; limit: number }, present: Present<Item>) {
    const { limit, cursor } = page
    const name = `search.${search.kind}`
    let after = cursor === undefined ? undefined : placeOf(name, cursor)
    const items: { item: Item; place: Place }[] = []
    let scanned = 0
    let isEnd = false
    while (items.length <= limit && !isEnd && scanned < SCAN) {
      const read = await this.#read(search, after, limit + 1)
      isEnd = read.isEnd
      scanned += limit + 1
      const shown = read.hits.length === 0 ? [] : await present(read.hits.map((hit) => hit.id))
      for (const [at, hit] of read.hits.entries()) {
        const item = shown[at]
        if (item !== undefined) items.push({ item, place: hit })
      }
      after = read.upTo ?? after
    }
    const end = items.length > limit ? items[limit - 1]?.place : isEnd ? undefined : after
    return {
      items: items.slice(0, limit).map(({ item }) => item),
      next_cursor: end ? encodeCursor(name, [end.match, end.rank, end.id]) : null,
    }
  }

  /** Hits behind a place, by what the viewer makes of their rank. Both lists are known up to where the shorter one breaks off. */
  async #read({ kind, cut, circle }: Search, after: Place | undefined, limit: number) {
    const bonus = circleBonus(kind)
    const own = new Set<string>(bonus > 0 ? circle.ids : [])
    const isOpen = own.size > 0 && !circle.isCut
    const question: SearchQuery = { kind, ...cut, isTitled: kind !== kinds.users, isOpen, limit }
    const { searchIndex } = this.#deps
    const ask = (owners?: readonly string[], isForgiving = true) =>
      searchIndex.query({
        ...question,
        ...(isForgiving ? {} : { wanted: cut.wanted.map((one) => ({ ...one, isForgiving: false })) }),
        ...(owners ? { owners, isOpen: false } : {}),
        ...(after ? { after: owners ? { ...after, rank: after.rank - bonus } : after } : {}),
      })
    const isFuzzy = after?.match === 'fuzzy'
    const [open, near] = await Promise.all([ask(), own.size === 0 || isFuzzy ? [] : ask([...own], false)])
    // Nobody of the circle is guessed at while others are found as it was typed.
    const guessed = open.length < limit || open.at(-1)?.match === 'fuzzy'
    const theirs = own.size > 0 && guessed && near.length < limit ? await ask([...own]) : near
    const ranked = theirs.map((hit) => ({ ...hit, rank: hit.rank + bonus }))
    const others = open.filter((hit) => !own.has(hit.owner))
    const merged = [...others, ...ranked].sort(inOrder)
    const ends = [open, ranked].filter((list) => list.length >= limit).flatMap((list) => list.at(-1) ?? [])
    const last = ends.sort(inOrder)[0]
    return {
      hits: last ? merged.filter((hit) => inOrder(hit, last) <= 0) : merged,
      upTo: last,
      isEnd: last === undefined,
    }
  }
}

const inOrder = (one: Place, other: Place): number =>
  matches.indexOf(one.match) - matches.indexOf(other.match) ||
  other.rank - one.rank ||
  (one.id > other.id ? -1 : one.id < other.id ? 1 : 0)

function placeOf(name: string, cursor: string): Place {
  const [match, rank, id] = decodeCursor(name, cursor)
  const isMatch = matches.some((one) => one === match)
  if (!isMatch || typeof rank !== 'number' || typeof id !== 'string') throw new TintypeError('bad_cursor')
  return { match: match as Match, rank, id }
}
