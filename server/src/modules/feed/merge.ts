import type { CircleId, PostId, UserId } from '@tintype/contract'

/** An entry of a feed before it is hydrated: enough to judge by author and to page by id. */
export interface FeedEntry {
  post_id: PostId
  author_id: UserId
}

/** Below an id (from the top when undefined), newest first. */
export interface PageBelow {
  before: PostId | undefined
  limit: number
}

/** Whose feed it is: they find what is for circles that they are in. */
export interface Reader {
  user_id: UserId
  circles: ReadonlySet<CircleId>
}

/** Entries of a list that are cached: four windows' worth would be read by few, one is by almost everybody. */
export const TOP = 120

/** The newest entries of a list; `isAll`: it has no more. */
export interface TopList {
  entries: readonly FeedEntry[]
  isAll: boolean
}

/** A page of the list's newest part; undefined where the page reaches below it. */
export function pageOfTop(top: TopList, { before, limit }: PageBelow): readonly FeedEntry[] | undefined {
  const from = before === undefined ? 0 : top.entries.findIndex((entry) => entry.post_id < before)
  const page = from < 0 ? [] : top.entries.slice(from, from + limit)
  return page.length === limit || top.isAll ? page : undefined
}

const descending = (a: FeedEntry, b: FeedEntry) =>
  a.post_id < b.post_id ? 1 : a.post_id > b.post_id ? -1 : 0

/** Merges lists that each run from the newest down; a post in several stands once. At most `limit` entries. */
export function mergeNewest(lists: readonly (readonly FeedEntry[])[], limit: number): FeedEntry[] {
  const merged = lists.flat().sort(descending)
  return merged.filter((entry, index) => entry.post_id !== merged[index - 1]?.post_id).slice(0, limit)
}

/** The list with entries that came since it was read; where it has them, the same list. */
export function withEntries(top: TopList, entries: readonly FeedEntry[]): TopList {
  const known = new Set(top.entries.map((entry) => entry.post_id))
  const added = new Map<PostId, FeedEntry>()
  for (const entry of entries) if (!known.has(entry.post_id)) added.set(entry.post_id, entry)
  if (added.size === 0) return top
  const merged = mergeNewest([[...added.values()], top.entries], TOP)
  return { entries: merged, isAll: top.isAll && known.size + added.size <= TOP }
}

export type ReadRecent = (
  authorIds: readonly UserId[],
  page: {
    before: PostId | undefined
    perAuthor: number
    limit: number
    /** Nobody's unless stated: what is for all. */
    reader?: Reader
    /** Without that. */
    onlyForCircles?: boolean
  },
) => Promise<FeedEntry[]>

/**
 * The newest `limit` posts of many authors together, exactly. Reading `limit` of every author would cost authors × limit;
 * so few are read of each at first. An author of whom the full allowance came back may have more, so only what is newer
 * than the oldest read of any such author is certain; where that is too little, the allowance is raised.
 */
export async function newestOf(
  read: ReadRecent,
  authorIds: readonly UserId[],
  page: { before: PostId | undefined; limit: number; reader?: Reader; onlyForCircles?: boolean },
): Promise<FeedEntry[]> {
  if (authorIds.length === 0) return []
  for (let perAuthor = Math.max(4, Math.ceil((2 * page.limit) / authorIds.length)); ; perAuthor *= 4) {
    const capped = Math.min(perAuthor, page.limit)
    const entries = await read(authorIds, {
      ...page,
      perAuthor: capped,
      limit: authorIds.length * capped,
    })
    const certain = capped === page.limit ? undefined : certainPart(entries, capped)
    if (certain === undefined) return once(entries).slice(0, page.limit)
    const distinct = once(certain)
    if (distinct.length >= page.limit) return distinct.slice(0, page.limit)
  }
}

/** A post of several of the authors stands once: for the first that was read. */
function once(entries: readonly FeedEntry[]): FeedEntry[] {
  const seen = new Set<PostId>()
  return entries.filter(({ post_id }) => !seen.has(post_id) && seen.add(post_id))
}

/** The list down to the newest point at which an author's allowance ran out; undefined where none did. */
function certainPart(entries: FeedEntry[], perAuthor: number): FeedEntry[] | undefined {
  const counts = new Map<UserId, number>()
  for (const [index, { author_id }] of entries.entries()) {
    const count = (counts.get(author_id) ?? 0) + 1
    if (count === perAuthor) return entries.slice(0, index + 1)
    counts.set(author_id, count)
  }
}
