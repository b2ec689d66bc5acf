import {
  Exact,
  Nullable,
  type Static,
  Timestamp,
  type TSchema,
  Type,
  UserId,
  Username,
  Written,
} from '../core/schema.ts'
import { limits } from '../limits.ts'
import { Place } from '../posts/schemas.ts'

/** Where a sticker stands: its middle and its width in shares of the picture, turned clockwise in degrees. */
const place = {
  x: Type.Number({ minimum: 0, maximum: 1 }),
  y: Type.Number({ minimum: 0, maximum: 1 }),
  width: Type.Number({ minimum: 0.02, maximum: 1 }),
  rotation: Type.Number({ minimum: -180, maximum: 180, default: 0 }),
}
const kind = <K extends string, P extends Record<string, TSchema>>(name: K, properties: P) =>
  Exact({ kind: Type.Literal(name), ...place, ...properties })

/** One emoji, as a person counts it. */
export const Emoji = Type.String({
  minLength: 1,
  maxLength: limits.emoji,
  pattern: '^[\\p{Extended_Pictographic}\\p{Emoji_Component}]+$',
})
const question = Written('lines', { min: 1, max: limits.stickerQuestion })
const Options = Type.Array(Written('line', { min: 1, max: limits.stickerOption }), {
  minItems: 2,
  maxItems: limits.stickerOptions,
})
const index = Type.Integer({ minimum: 0, maximum: limits.stickerOptions - 1 })
const link = {
  url: Type.String({ minLength: 1, maxLength: limits.stickerUrl }),
  label: Type.Optional(Written('line', { max: limits.stickerOption })),
}
const countdown = { title: Written('line', { min: 1, max: limits.stickerQuestion }), ends_at: Timestamp }

/** A sticker as the composer sends it. */
export const NewSticker = Type.Union([
  kind('mention', { username: Username }),
  kind('hashtag', { tag: Type.String({ minLength: 1, maxLength: limits.hashtag + 1 }) }),
  kind('place', { place: Place }),
  kind('poll', { question: Type.Optional(question), options: Options }),
  kind('question', { question }),
  kind('quiz', { question, options: Options, correct: index }),
  kind('slider', { question: Type.Optional(question), emoji: Emoji }),
  kind('countdown', countdown),
  kind('link', link),
])
export type NewSticker = Static<typeof NewSticker>

const Votes = Nullable(Type.Array(Type.Integer(), { description: 'By option; null until one has answered' }))
const Choice = Nullable(Type.Integer({ description: 'The option that the viewer chose' }))
const Text = Type.String()
const Texts = Type.Array(Type.String())

/**
 * A sticker as a viewer sees it. One that mentions whom the viewer cannot see is left out, so `sticker`, its place in the story from 0, is what
 * it is answered by. What others answered is shown to the author, and to those who have answered themselves.
 */
const shown = <K extends string, P extends Record<string, TSchema>>(name: K, properties: P) =>
  kind(name, { sticker: Type.Integer(), ...properties })
export const Sticker = Type.Union([
  shown('mention', { user_id: UserId, username: Type.String() }),
  shown('hashtag', { tag: Type.String() }),
  shown('place', { place: Place }),
  shown('poll', { question: Text, options: Texts, votes: Votes, choice: Choice }),
  shown('question', { question: Text, answered: Type.Boolean() }),
  shown('quiz', {
    question: Text,
    options: Texts,
    /** Null until one has answered. */
    correct: Nullable(Type.Integer()),
    votes: Votes,
    choice: Choice,
  }),
  shown('slider', {
    question: Text,
    emoji: Type.String(),
    /** Of all answers, 0…1; null until one has answered. */
    average: Nullable(Type.Number()),
    value: Nullable(Type.Number({ description: 'Where the viewer put it' })),
  }),
  shown('countdown', countdown),
  shown('link', { url: Type.String(), label: Text }),
])
export type Sticker = Static<typeof Sticker>
export type StickerKind = Sticker['kind']

/** To a poll or a quiz a choice, to a slider a value, to a question a text. */
export const Answer = Type.Union([
  Exact({ choice: index }),
  Exact({ value: Type.Number({ minimum: 0, maximum: 1 }) }),
  Exact({ text: Written('lines', { min: 1, max: limits.stickerAnswer }) }),
])
export type Answer = Static<typeof Answer>
