import { isTag, limits, normalizeTag, parseFacets, type Place as Spot } from '@tintype/contract'
import type { Place, StickerContent, StickerKind } from '../scene/scene.ts'
import { lettersOf, stickerText } from '../scene/words.ts'

/** What a form holds while it is filled in; each kind looks at its own. */
export interface StickerFields {
  /** `@name` or `#tag` */
  name: string
  spot: Spot | null
  question: string
  options: readonly string[]
  correct: number
  emoji: string
  /** Of a countdown, as a `datetime-local` field writes it. */
  until: string
  url: string
  label: string
}

export const emptyFields = (kind: StickerKind): StickerFields => ({
  name: kind === 'mention' ? '@' : '#',
  spot: null,
  question: '',
  options: ['', ''],
  correct: 0,
  emoji: '❤️',
  until: '',
  url: '',
  label: '',
})

export function fieldsOf(sticker: StickerContent): StickerFields {
  const fields = emptyFields(sticker.kind)
  switch (sticker.kind) {
    case 'mention':
    case 'hashtag':
      return { ...fields, name: stickerText(sticker) }
    case 'place':
      return { ...fields, spot: sticker.place }
    case 'poll':
      return { ...fields, question: sticker.question ?? '', options: sticker.options }
    case 'question':
      return { ...fields, question: sticker.question }
    case 'quiz':
      return { ...fields, question: sticker.question, options: sticker.options, correct: sticker.correct }
    case 'slider':
      return { ...fields, question: sticker.question ?? '', emoji: sticker.emoji }
    case 'countdown':
      return { ...fields, question: sticker.title, until: localTime(new Date(sticker.ends_at)) }
    case 'link':
      return { ...fields, url: sticker.url, label: sticker.label ?? '' }
  }
}

/** The sticker of what was filled in; undefined while something is missing or cannot be. */
export function stickerOf(kind: StickerKind, fields: StickerFields, now: number): StickerContent | undefined {
  const question = fields.question.trim()
  const optional = question ? { question } : {}
  switch (kind) {
    case 'mention':
    case 'hashtag':
      return namedBy(kind, fields.name)
    case 'place': {
      const name = fields.spot?.name.trim()
      return name ? { kind, place: { ...fields.spot, name } } : undefined
    }
    case 'poll': {
      const options = chosenOptions(fields).map(({ text }) => text)
      return options.length >= 2 ? { kind, ...optional, options } : undefined
    }
    case 'quiz': {
      const options = chosenOptions(fields)
      const correct = options.findIndex(({ at }) => at === fields.correct)
      if (options.length < 2 || correct < 0 || !question) return undefined
      return { kind, question, options: options.map(({ text }) => text), correct }
    }
    case 'question':
      return question ? { kind, question } : undefined
    case 'slider': {
      const emoji = emojiOf(fields.emoji)
      return emoji ? { kind, ...optional, emoji } : undefined
    }
    case 'countdown': {
      const until = new Date(fields.until).getTime()
      return question && until > now
        ? { kind, title: question, ends_at: new Date(until).toISOString() }
        : undefined
    }
    case 'link': {
      const url = addressOf(fields.url)
      const label = fields.label.trim()
      return url ? { kind, url, ...(label && { label }) } : undefined
    }
  }
}

const chosenOptions = ({ options }: StickerFields) =>
  options.map((text, at) => ({ text: text.trim(), at })).filter(({ text }) => text)

function namedBy(kind: 'mention' | 'hashtag', name: string): StickerContent | undefined {
  const sign = kind === 'mention' ? '@' : '#'
  const text = `${sign}${name.trim().replace(/^[@#＠＃]+/, '')}`
  const [facet, ...others] = parseFacets(text)
  if (others.length > 0 || facet?.start !== 0 || facet.end !== text.length) return undefined
  if (facet.type === 'mention' && kind === 'mention') return { kind, username: facet.username }
  const tag = facet.type === 'hashtag' && kind === 'hashtag' ? normalizeTag(facet.tag) : ''
  return tag && isTag(tag) ? { kind: 'hashtag', tag } : undefined
}

const EMOJI = /^[\p{Extended_Pictographic}\p{Emoji_Component}]+$/u

/** The first emoji of what was typed. */
export function emojiOf(text: string): string | undefined {
  return lettersOf(text.trim()).find(
    (letter) => EMOJI.test(letter) && /\P{ASCII}/u.test(letter) && [...letter].length <= limits.emoji,
  )
}

/** A web address, with `https` where nobody wrote it. */
export function addressOf(text: string): string | undefined {
  const typed = text.trim()
  if (!typed || /\s/.test(typed)) return undefined
  try {
    const url = new URL(
      /^[a-z][a-z0-9+.-]*:/i.test(typed) && !/^[^/]*\.[^/]*:\d/.test(typed) ? typed : `https://${typed}`,
    )
    const isWeb = (url.protocol === 'https:' || url.protocol === 'http:') && url.hostname.includes('.')
    return isWeb && url.href.length <= limits.stickerUrl ? url.href : undefined
  } catch {
    return undefined
  }
}

/** As a `datetime-local` field takes it, in the member's own time. */
export function localTime(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0')
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`
}

/** One below the other, so that a new one does not hide those before. Shares of the frame's height. */
const ROWS = [0.62, 0.3, 0.78, 0.46]

/** Widths that read well; of names, wider for longer ones. `before`: how many stickers there are. */
export function firstPlaceOf(sticker: StickerContent, before: number): Place {
  const { kind } = sticker
  const isName = kind === 'mention' || kind === 'hashtag' || kind === 'place' || kind === 'link'
  const letters = isName ? lettersOf(stickerText(sticker)).length : 0
  const size = isName
    ? Math.min(0.8, 0.3 + Math.max(0, letters - 8) * 0.02)
    : kind === 'countdown'
      ? 0.6
      : 0.68
  return { x: 0.5, y: ROWS[before % ROWS.length] ?? 0.5, size, rotation: 0 }
}
