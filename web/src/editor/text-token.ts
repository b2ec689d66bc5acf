import { normalizeTag, parseFacets } from '@tintype/contract'

/** The #hashtag or @mention the caret stands in or right behind. */
export interface TextToken {
  kind: 'hashtag' | 'mention'
  /** Without its sign; what stands before the caret. */
  query: string
  /** Of the whole token, sign included; UTF-16 offsets. */
  start: number
  end: number
}

const BEFORE = /[#＃@＠][\p{L}\p{N}\p{M}_.·・]*$/u
const AFTER = /^[\p{L}\p{N}\p{M}_.·・]*/u

export function tokenAt(text: string, caret: number): TextToken | undefined {
  const match = BEFORE.exec(text.slice(0, caret))
  if (!match) return undefined
  const start = match.index
  // Whether something begins here, the parser says: of a sign with letters behind it.
  const [token] = parseFacets(`${text.slice(0, start + 1)}aa`).filter((facet) => facet.start === start)
  if (!token || token.type === 'link') return undefined
  const rest = AFTER.exec(text.slice(caret))?.[0].length ?? 0
  return { kind: token.type, query: match[0].slice(1), start, end: caret + rest }
}

/** Puts what was chosen in place of the token, with a space behind it for the next word. */
export function complete(text: string, token: TextToken, chosen: string): { text: string; caret: number } {
  const sign = token.kind === 'mention' ? '@' : '#'
  const rest = text.slice(token.end)
  const inserted = `${sign}${chosen}${/^\s/.test(rest) ? '' : ' '}`
  const caret = token.start + inserted.length + (/^\s/.test(rest) ? 1 : 0)
  return { text: text.slice(0, token.start) + inserted + rest, caret }
}

/** Tags by how often they were used, those that begin with the query; never the query itself, which needs no completing. */
export function rankTags(used: readonly string[], query: string, limit: number): string[] {
  const wanted = normalizeTag(query)
  const counts = new Map<string, number>()
  for (const tag of used)
    if (tag.startsWith(wanted) && tag !== wanted) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  return [...counts]
    .toSorted(([a, timesA], [b, timesB]) => timesB - timesA || a.localeCompare(b))
    .slice(0, limit)
    .map(([tag]) => tag)
}
