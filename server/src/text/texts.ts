import {
  type Facet,
  limits,
  mentionsOf,
  parseFacets,
  TintypeError,
  textLength,
  type UserId,
} from '@tintype/contract'
import { isHiddenFromAny, type Judges } from '../access/visibility.ts'

type Ids = readonly UserId[]

export interface TextPeers {
  members: {
    /** Whom a name means now, or meant while it is still held for them; unknown names are absent. */
    byMention(names: readonly string[]): Promise<Map<string, UserId>>
    /** What members are called now; the deleted are absent. */
    usernames(ids: Ids): Promise<Map<UserId, string>>
  }
  graph: Judges
}

/** A text as it is stored: mentions hold the name as it was written, and the id it meant. */
export interface LinkedText {
  text: string
  facets: Facet[]
}
export interface AuthoredText extends LinkedText {
  writer_id: UserId
}

/**
 * The one resolver of what is written in captions and comments. A mention is a link where its member exists for the
 * writer and for the reader; else it stays plain text, like a name that nobody has.
 */
export class Texts {
  readonly #peers: TextPeers

  constructor(peers: TextPeers) {
    this.#peers = peers
  }

  /**
   * The links of a new text. `before`: what stood in its place; its mentions keep meaning whom they meant, also where
   * that name is nobody's by now. Rejects with `too_many_tags`.
   */
  async resolve(writerId: UserId, text: string, before?: LinkedText): Promise<Facet[]> {
    const raw = parseFacets(text)
    const names = raw.flatMap((facet) => (facet.type === 'mention' ? [facet.username] : []))
    const tags = raw.filter((facet) => facet.type === 'hashtag')
    if (tags.length > limits.hashtagsPerCaption || names.length > limits.mentionsPerCaption)
      throw new TintypeError('too_many_tags')
    if (names.length === 0) return raw.filter((facet) => facet.type !== 'mention')
    const named = new Map([
      ...(before?.facets ?? []).flatMap((facet) =>
        facet.type === 'mention' ? [[nameIn(before?.text ?? '', facet), facet.user_id] as const] : [],
      ),
      ...(await this.#peers.members.byMention([...new Set(names)])),
    ])
    const see = await this.#peers.graph.judge(writerId, [...new Set(named.values())])
    return raw.flatMap((facet): Facet[] => {
      if (facet.type !== 'mention') return [facet]
      const user_id = named.get(facet.username)
      return user_id && see(user_id) !== 'hidden' ? [{ ...facet, user_id }] : []
    })
  }

  /** Texts as a viewer (null: a visitor) reads them, in the order given: members under the names they have now. */
  async read(viewerId: UserId | null, texts: readonly AuthoredText[]): Promise<LinkedText[]> {
    const mentioned = [...new Set(texts.flatMap(({ facets }) => mentionsOf(facets)))]
    if (mentioned.length === 0) return texts.map(({ text, facets }) => ({ text, facets }))
    const { members, graph } = this.#peers
    const writers = Map.groupBy(
      texts.filter(({ facets }) => mentionsOf(facets).length > 0),
      ({ writer_id }) => writer_id,
    )
    const [names, reader, ...known] = await Promise.all([
      members.usernames(mentioned),
      graph.judge(viewerId, mentioned),
      ...[...writers].map(([id, theirs]) =>
        graph.judge(id, [...new Set(theirs.flatMap(({ facets }) => mentionsOf(facets)))]),
      ),
    ])
    const knownBy = new Map([...writers.keys()].map((id, index) => [id, known[index]]))
    return texts.map(({ writer_id, ...text }) =>
      withNames(text, (id) => {
        const isHidden = isHiddenFromAny(id, [reader, knownBy.get(writer_id)])
        return isHidden ? undefined : names.get(id)
      }),
    )
  }
}

const nameIn = (text: string, { start, end }: { start: number; end: number }): string =>
  text.slice(start + 1, end).toLowerCase()

/**
 * Puts the names that members have now into a text; a mention of who has none is none. Where they would make it longer than a text may
 * be, and thus one that its writer could not edit, the names stay as they were written.
 */
export function withNames(text: LinkedText, nameOf: (id: UserId) => string | undefined): LinkedText {
  const named = linked(text, nameOf, true)
  return textLength(named.text) <= limits.caption ? named : linked(text, nameOf, false)
}

function linked(
  { text, facets }: LinkedText,
  nameOf: (id: UserId) => string | undefined,
  byNewName: boolean,
): LinkedText {
  let named = ''
  let at = 0
  const moved: Facet[] = []
  for (const facet of facets) {
    const username = facet.type === 'mention' ? nameOf(facet.user_id) : undefined
    if (facet.type === 'mention' && username === undefined) continue
    named += text.slice(at, facet.start)
    const start = named.length
    const isRenamed = byNewName && username !== undefined && nameIn(text, facet) !== username
    named += isRenamed ? `@${username}` : text.slice(facet.start, facet.end)
    at = facet.end
    moved.push({
      ...facet,
      ...(username === undefined ? {} : { username }),
      start,
      end: named.length,
    } as Facet)
  }
  return { text: named + text.slice(at), facets: moved }
}
