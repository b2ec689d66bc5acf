import { normalizeTag, parseFacets } from '@tintype/contract'

/** The hashtag that a typed text could mean, with or without its sign; undefined where it could be none. */
export function tagOf(text: string): string | undefined {
  const word = text.trim().replace(/^[#＃]/, '')
  const [facet] = parseFacets(`#${word}`)
  return facet?.type === 'hashtag' && facet.end === word.length + 1 ? normalizeTag(word) : undefined
}
