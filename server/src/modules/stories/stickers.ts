import { type NewSticker, normalizeTag, type Sticker, TintypeError, type UserId } from '@tintype/contract'
import type { Judges } from '../../access/visibility.ts'

type Of<S, K> = Extract<S, { kind: K }>
type Mention = Of<NewSticker, 'mention'>
/** As it is stored: a mention holds the id that its name meant, and the name as it was then. */
export type StoredSticker = Exclude<NewSticker, Mention> | (Mention & { user_id: UserId })

export interface StickerPeers {
  members: {
    byUsernames(names: readonly string[]): Promise<Map<string, { user_id: UserId; username: string }>>
  }
  graph: Judges
}

const invalid = (sticker: number, what: string) =>
  new TintypeError('sticker_invalid', { details: { fields: { [`stickers.${sticker}`]: what } } })

/** What is wrong or unclear in stickers by themselves is refused with `sticker_invalid`, and so is a mention of nobody. */
export async function resolveStickers(
  { members, graph }: StickerPeers,
  authorId: UserId,
  stickers: readonly NewSticker[],
): Promise<StoredSticker[]> {
  const names = stickers.flatMap((sticker) =>
    sticker.kind === 'mention' ? [sticker.username.toLowerCase()] : [],
  )
  const named = names.length === 0 ? new Map() : await members.byUsernames(names)
  const ids = [...named.values()].map(({ user_id }) => user_id)
  const see = await graph.judge(authorId, ids)
  return stickers.map((sticker, at): StoredSticker => {
    if (sticker.kind !== 'mention') return tidied(sticker, at)
    const member = named.get(sticker.username.toLowerCase())
    if (!member || see(member.user_id) === 'hidden') throw invalid(at, 'There is nobody of that name.')
    return { ...sticker, username: member.username, user_id: member.user_id }
  })
}

function tidied<S extends Exclude<NewSticker, Mention>>(sticker: S, at: number): StoredSticker {
  if (sticker.kind === 'hashtag') {
    const tag = normalizeTag(sticker.tag.replace(/^[#＃]/, ''))
    if (!/^[\p{L}\p{M}\p{N}_]+$/u.test(tag)) throw invalid(at, 'This is no hashtag.')
    return { ...sticker, tag }
  }
  if (sticker.kind === 'quiz' && sticker.correct >= sticker.options.length)
    throw invalid(at, 'The correct answer is not among the options.')
  if (sticker.kind === 'link') {
    const url = URL.canParse(sticker.url) ? new URL(sticker.url) : undefined
    if (!url || !['http:', 'https:'].includes(url.protocol)) throw invalid(at, 'This is no web address.')
    return { ...sticker, url: url.href }
  }
  return sticker
}

export const mentionedIn = (stickers: readonly StoredSticker[]): UserId[] => [
  ...new Set(stickers.flatMap((sticker) => (sticker.kind === 'mention' ? [sticker.user_id] : []))),
]

/** Those that collect answers. */
const answered = new Set(['poll', 'question', 'quiz', 'slider'])
export const isAnswered = ({ kind }: { kind: string }): boolean => answered.has(kind)

/** What a member answered to one sticker. */
export interface OwnAnswer {
  choice: number | null
  value: number | null
  text: string | null
}
/** What all answered to one. */
export interface Results {
  /** By choice; those that nobody took are absent. */
  votes: ReadonlyMap<number, number>
  average: number | null
}

/** How a viewer sees the stickers of a story. */
export interface StickerContext {
  isAuthor: boolean
  /** Undefined: not answered. */
  own(sticker: number): OwnAnswer | undefined
  results(sticker: number): Results | undefined
  /** What a member is called; undefined where they are not the viewer's to see. */
  nameOf(id: UserId): string | undefined
}

export function showStickers(stickers: readonly StoredSticker[], context: StickerContext): Sticker[] {
  return stickers.flatMap((sticker, at) => showSticker(sticker, at, context) ?? [])
}

/** Undefined where the viewer is not to see it. */
export function showSticker(
  sticker: StoredSticker,
  at: number,
  context: StickerContext,
): Sticker | undefined {
  if (sticker.kind === 'mention') {
    const username = context.nameOf(sticker.user_id)
    return username === undefined ? undefined : { ...sticker, sticker: at, username }
  }
  if (sticker.kind === 'hashtag' || sticker.kind === 'place' || sticker.kind === 'countdown')
    return { ...sticker, sticker: at }
  if (sticker.kind === 'link') return { ...sticker, sticker: at, label: sticker.label ?? '' }
  return showAnswered(sticker, at, context)
}

type Answered = Of<StoredSticker, 'poll' | 'question' | 'quiz' | 'slider'>

function showAnswered(sticker: Answered, at: number, context: StickerContext): Sticker {
  const own = context.own(at)
  // Others' answers would sway one's own, and tell what a quiz asks.
  const results = own || context.isAuthor ? context.results(at) : undefined
  const common = { sticker: at, question: sticker.question ?? '' }
  if (sticker.kind === 'question') return { ...sticker, ...common, answered: own !== undefined }
  if (sticker.kind === 'slider')
    return { ...sticker, ...common, average: results?.average ?? null, value: own?.value ?? null }
  const isOpen = own !== undefined || context.isAuthor
  const votes = isOpen ? sticker.options.map((_, option) => results?.votes.get(option) ?? 0) : null
  const choice = own?.choice ?? null
  if (sticker.kind === 'poll') return { ...sticker, ...common, votes, choice }
  return { ...sticker, ...common, correct: isOpen ? sticker.correct : null, votes, choice }
}
