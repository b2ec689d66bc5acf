import type { Sticker } from '@tintype/contract'

export type Answerable = Extract<Sticker, { kind: 'poll' | 'quiz' | 'question' | 'slider' }>

export const isAnswerable = (sticker: Sticker): sticker is Answerable =>
  ['poll', 'quiz', 'question', 'slider'].includes(sticker.kind)
