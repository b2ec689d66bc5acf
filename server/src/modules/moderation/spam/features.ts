import { fnv1a } from '../../../kit/fnv.ts'
import { wordsOf } from '../../../text/words.ts'

/**
 * What is counted of a text and of how it came; each is 0 where nothing speaks for spam, and grows with what does.
 * `links`: addresses, 3 at most. `contacts`: telephone numbers, mail addresses, names of messengers, 2 at most. `repeated`: the writer's
 * texts of the last hour that are nearly the same, each by how alike it is, 3 at most; 1 where nothing in it leads anywhere, as who greets
 * many in the same words. `rate`: texts of the last ten minutes beyond the
 * fifth, in tens, 1 at most. `new_account`: 1 at the first minute, 0 after a month. `mentions`: members named beyond the second, 3 at
 * most. `shouting`: in capitals. `heaps`: one sign many times over. `disguised`: letters of two alphabets in a word, or invisible ones.
 */
export const featureNames = [
  'links',
  'contacts',
  'repeated',
  'rate',
  'new_account',
  'mentions',
  'shouting',
  'heaps',
  'disguised',
] as const
export type FeatureName = (typeof featureNames)[number]
export type Features = Record<FeatureName, number>

/** How a text came, beside what it says. */
export interface Coming {
  /** How alike each of the writer's texts of the last hour is, 0 to 1. */
  alike: readonly number[]
  /** Of the last ten minutes. */
  texts: number
  /** Milliseconds. */
  accountAge: number
}

export const nothingKnown: Coming = { alike: [], texts: 0, accountAge: Number.POSITIVE_INFINITY }

const DAY_MS = 86_400_000
const MONTH_DAYS = 30
/** So alike are texts that are the same but for a name, a number or a smiley. */
const ALIKE = 0.5

const LINK =
  /https?:\/\/\S+|www\.\S+|\b[a-z0-9-]+\.(?:com|net|org|info|biz|xyz|top|shop|site|online|club|ru|cn|me|io|ly|to)\b(?:\/\S*)?/giu
const CONTACT =
  /\+?\d(?:[\s().-]?\d){8,}|[\w.+-]+@[\w-]+\.\w+|\b(?:whats\s?app|telegram|t\.me|wa\.me|signal|viber|wechat)\b/giu
const MENTION = /(?<![\w.])@[\w.]+/gu
const HEAP = /(.)\1{5,}/gu
const INVISIBLE = /[\u200b-\u200d\u2060\ufeff\u00ad](?=\p{L})/u
const TWO_ALPHABETS = /\p{sc=Latin}[\p{sc=Cyrillic}\p{sc=Greek}]|[\p{sc=Cyrillic}\p{sc=Greek}]\p{sc=Latin}/u

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

export function featuresOf(text: string, { alike, texts, accountAge }: Coming): Features {
  const links = count(text, LINK)
  const rest = text.replace(LINK, ' ')
  const days = Math.max(0, accountAge) / DAY_MS
  const contacts = Math.min(2, count(rest, CONTACT))
  const mentions = Math.min(3, Math.max(0, count(rest, MENTION) - 2))
  return {
    links: Math.min(3, links),
    contacts,
    repeated: Math.min(
      links + contacts + mentions > 0 ? 3 : 1,
      alike.filter((one) => one >= ALIKE).reduce((sum, one) => sum + one, 0),
    ),
    rate: Math.min(1, Math.max(0, texts - 5) / 10),
    new_account: Math.max(0, 1 - Math.log1p(days) / Math.log1p(MONTH_DAYS)),
    mentions,
    shouting: isShouted(rest) ? 1 : 0,
    heaps: Math.min(2, count(rest, HEAP)),
    disguised: INVISIBLE.test(rest) || TWO_ALPHABETS.test(rest) ? 1 : 0,
  }
}

function isShouted(text: string): boolean {
  const capitals = count(text, /\p{Lu}/gu)
  return capitals > 12 && capitals > 2 * count(text, /\p{Ll}/gu)
}

/** Words, and pairs of neighbours: what a text says. */
export function termsOf(text: string): string[] {
  const words = wordsOf(text.replace(LINK, ' ')).slice(0, 200)
  const pairs = words.slice(1).map((word, at) => `${words[at]} ${word}`)
  return [...new Set([...words, ...pairs])]
}

export const hashOf = (text: string): number => fnv1a(text) >>> 0

/** Three words in a row, hashed; fewer than four words say what many say. */
export function shinglesOf(text: string): Uint32Array | undefined {
  const words = wordsOf(text).slice(0, 66)
  if (words.length < 4) return undefined
  return Uint32Array.from(
    new Set(words.slice(2).map((word, at) => hashOf(`${words[at]} ${words[at + 1]} ${word}`))),
  )
}

/** Jaccard's: what they share, of what either has. */
export function likeness(one: Uint32Array, other: Uint32Array): number {
  const known = new Set(one)
  const shared = other.filter((hash) => known.has(hash)).length
  return shared / (one.length + other.length - shared)
}
