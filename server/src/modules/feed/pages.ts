import { type Page, type PostId, TintypeError } from '@tintype/contract'
import { decodeCursor, encodeCursor, idCursor, pageOf } from '../../kit/cursor.ts'
import { idTime } from '../../kit/ids.ts'
import { unpackIds } from '../../kit/packed-ids.ts'
import { Memo } from './memo.ts'

/** Entries below an id, newest first; shorter than asked only at the end of the list. */
export type ReadBelow<E extends Entry> = (before: PostId | undefined, limit: number) => Promise<readonly E[]>
/** What the viewer may see of these posts, in order. */
export type Show<S extends Entry> = (ids: readonly PostId[]) => Promise<S[]>
interface Entry {
  post_id: PostId
}

/**
 * A page of a list ordered by post id. What may not be seen is left out and made up for from further down, so a page is
 * short only at the end of the list; one post more than asked is looked at to know whether there is a next page.
 */
export async function newestPage<S extends Entry>(
  kind: string,
  asked: { cursor?: string; limit: number },
  read: ReadBelow<Entry>,
  show: Show<S>,
): Promise<Page<S>> {
  const posts: S[] = []
  let before = idCursor<PostId>(kind, asked.cursor)
  for (let missing = asked.limit + 1; missing > 0; missing = asked.limit + 1 - posts.length) {
    const entries = await read(before, missing)
    posts.push(...(await show(entries.map((entry) => entry.post_id))))
    before = entries.at(-1)?.post_id
    if (entries.length < missing) break
  }
  return pageOf(kind, posts, asked.limit, (post) => [post.post_id])
}

/** Entries ranked together; the order of one window is frozen in the cursor. */
export const RANKED_WINDOW = 100
const WINDOW_LEAST = 20
const WINDOW_SPAN_MS = 2 * 86_400_000

/**
 * A page of a ranked list. The newest `RANKED_WINDOW` entries, of two days at most, are ranked once; what of them does not fit the page travels
 * in the cursor, in order, so later pages neither repeat nor miss a post however scores change or posts arrive. Then the
 * next window below is ranked. The ids in a cursor are only ever shown, which judges what the viewer may see.
 */
export async function rankedPage<E extends Entry, S extends Entry>(
  kind: string,
  asked: { cursor?: string; limit: number },
  read: ReadBelow<E>,
  rankWindow: (entries: readonly E[]) => Promise<readonly PostId[]>,
  show: Show<S>,
): Promise<Page<S>> {
  let { before, window, atEnd } = openRanked(kind, asked.cursor)
  let at = 0
  const posts: S[] = []
  while (posts.length <= asked.limit && (at < window.length || !atEnd)) {
    if (at === window.length) {
      const newest = await read(before, RANKED_WINDOW)
      const entries = windows.get(newest, '', () => ofOneTime(newest)) as readonly E[]
      atEnd = newest.length < RANKED_WINDOW && entries.length === newest.length
      before = entries.at(-1)?.post_id ?? before
      window = await rankWindow(entries)
      at = 0
    }
    const next = window.slice(at, at + asked.limit + 1 - posts.length)
    at += next.length
    posts.push(...(await show(next)))
  }
  const [extra] = posts.slice(asked.limit)
  const items = posts.slice(0, asked.limit)
  if (!extra) return { items, next_cursor: null }
  const from = window.indexOf(extra.post_id)
  const keys = [kind, before ?? '', atEnd ? 1 : 0, from].join()
  const next_cursor = cursors.get(window, keys, () =>
    encodeCursor(kind, [before ?? '', atEnd ? 1 : 0, packIds(window.slice(from))]),
  )
  return { items, next_cursor }
}

/** Two days' worth, but a page at least: or in a quiet place what was liked last month would stand above what is new today. */
function ofOneTime<E extends Entry>(entries: readonly E[]): readonly E[] {
  const [newest] = entries
  if (!newest) return entries
  const from = idTime(newest.post_id) - WINDOW_SPAN_MS
  const older = entries.findIndex((entry, index) => index >= WINDOW_LEAST && idTime(entry.post_id) < from)
  return older < 0 ? entries : entries.slice(0, older)
}
const windows = new Memo<string, readonly Entry[]>()

/** Packing eighty ids costs as much as showing twenty posts, and a first page's cursor is the same until its window changes. */
const cursors = new Memo<string, string>()

function openRanked(kind: string, cursor: string | undefined) {
  if (cursor === undefined) return { before: undefined, window: [] as readonly PostId[], atEnd: false }
  const [before, atEnd, packed] = decodeCursor(kind, cursor)
  if (typeof before !== 'string' || typeof packed !== 'string' || !/^([0-9a-f-]{36})?$/.test(before)) {
    throw new TintypeError('bad_cursor')
  }
  return {
    before: (before || undefined) as PostId | undefined,
    window: idsIn(packed) as readonly PostId[],
    atEnd: atEnd === 1,
  }
}

const packIds = (ids: PostId[]): string =>
  Buffer.from(ids.map((id) => id.replaceAll('-', '')).join(''), 'hex').toString('base64url')

function idsIn(packed: string): PostId[] {
  const hex = Buffer.from(packed, 'base64url').toString('hex')
  if (hex.length % 32 !== 0 || hex.length > 32 * (RANKED_WINDOW + 1)) throw new TintypeError('bad_cursor')
  return unpackIds(hex)
}
