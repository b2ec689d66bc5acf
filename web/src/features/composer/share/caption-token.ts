/** The #hashtag or @mention the caret stands in or right behind. */
export interface CaptionToken {
  kind: 'hashtag' | 'mention'
  /** Without its sign; what stands before the caret. */
  query: string
  /** Of the whole token, sign included; UTF-16 offsets. */
  start: number
  end: number
}

// The same characters as the contract's facets take.
const BEFORE = /(?<![\p{L}\p{N}\p{M}_&/.])([#＃@])([\p{L}\p{N}\p{M}_.·]*)$/u
const AFTER = /^[\p{L}\p{N}\p{M}_.·]*/u

export function tokenAt(text: string, caret: number): CaptionToken | undefined {
  const match = BEFORE.exec(text.slice(0, caret))
  if (!match) return undefined
  const [whole, sign, query = ''] = match
  const rest = AFTER.exec(text.slice(caret))?.[0].length ?? 0
  return {
    kind: sign === '@' ? 'mention' : 'hashtag',
    query,
    start: caret - whole.length,
    end: caret + rest,
  }
}

/** Puts what was chosen in place of the token, with a space behind it for the next word. */
export function complete(text: string, token: CaptionToken, chosen: string): { text: string; caret: number } {
  const sign = token.kind === 'mention' ? '@' : '#'
  const rest = text.slice(token.end)
  const inserted = `${sign}${chosen}${/^\s/.test(rest) ? '' : ' '}`
  const caret = token.start + inserted.length + (/^\s/.test(rest) ? 1 : 0)
  return { text: text.slice(0, token.start) + inserted + rest, caret }
}

/** Tags by how often they were used, those that begin with the query; never the query itself, which needs no completing. */
export function rankTags(used: readonly string[], query: string, limit: number): string[] {
  const wanted = query.normalize('NFKC').toLowerCase()
  const counts = new Map<string, number>()
  for (const tag of used)
    if (tag.startsWith(wanted) && tag !== wanted) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  return [...counts]
    .toSorted(([a, timesA], [b, timesB]) => timesB - timesA || a.localeCompare(b))
    .slice(0, limit)
    .map(([tag]) => tag)
}
