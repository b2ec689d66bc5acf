import {
  type Answer,
  type Page,
  type Sticker,
  type StoryAnswer,
  type StoryId,
  TintypeError,
  type UserId,
  type UserListEntry,
} from '@tintype/contract'
import type { Db } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import { idCursor } from '../../kit/cursor.ts'
import { idTime, newId } from '../../kit/ids.ts'
import { fillPage } from '../../kit/page.ts'
import * as store from './answer-store.ts'
import type { StoriesReader } from './reader.ts'
import type { StoryShow } from './show.ts'
import { type OwnAnswer, type StoredSticker, showSticker } from './stickers.ts'
import { holdStory } from './store.ts'

export interface AnsweringDeps {
  db: Db
  outbox: Pick<Outbox, 'append'>
  clock: Clock
  reader: Pick<StoriesReader, 'findVisible' | 'findOwn'>
  show: StoryShow
  graph: { listEntries(viewerId: UserId, ids: readonly UserId[]): Promise<Map<UserId, UserListEntry>> }
}

/** Answers to stickers: one of a member to each. */
export class Answering {
  readonly #deps: AnsweringDeps

  constructor(deps: AnsweringDeps) {
    this.#deps = deps
  }

  /** Answers the sticker with what it shows from now on. The same answer twice is once. */
  async answer(viewerId: UserId, id: StoryId, at: number, answer: Answer): Promise<Sticker> {
    const { db, outbox, clock, reader, show } = this.#deps
    const story = await reader.findVisible(viewerId, id)
    const { author_id } = story
    if (author_id === viewerId) throw new TintypeError('cannot_target_self')
    const sticker = story.stickers[at]
    const given = sticker && answerTo(sticker, answer)
    if (!given) throw new TintypeError('answer_invalid')
    const row = { story_id: id, user_id: viewerId, sticker: at, answer_id: newId<string>(clock), ...given }
    const isFinal = sticker.kind === 'quiz' || sticker.kind === 'slider'
    await db.tx(async (tx) => {
      if (!(await holdStory(tx, id))) throw new TintypeError('not_found')
      if (!(await (isFinal ? store.addAnswer(tx, row) : store.putAnswer(tx, row)))) return
      const payload = { story_id: id, author_id, user_id: viewerId, sticker: at }
      await outbox.append(tx, [{ type: 'story.answered', payload }])
    })
    const context = (await show.stickerContexts(viewerId, [story]))(story)
    if (isFinal && !isSame(context.own(at), given)) throw new TintypeError('answer_final')
    return showSticker(sticker, at, context) as Sticker
  }

  /** Last answered first; for the author alone. */
  async answers(
    viewerId: UserId,
    id: StoryId,
    query: { cursor?: string; limit?: number; sticker?: number },
  ): Promise<Page<StoryAnswer>> {
    const { reader, db, graph } = this.#deps
    await reader.findOwn(viewerId, id)
    const { sticker } = query
    return fillPage<store.AnswerRow, StoryAnswer, string>({
      kind: 'stories.answers',
      limit: query.limit ?? 20,
      after: idCursor('stories.answers', query.cursor),
      read: (before, limit) => store.pageAnswers(db.query, id, { before, limit, sticker }),
      keyOf: (row) => row.answer_id,
      present: async (rows) => {
        const members = await graph.listEntries(viewerId, [...new Set(rows.map((row) => row.user_id))])
        return rows.map((row) => {
          const user = members.get(row.user_id)
          const answered_at = new Date(idTime(row.answer_id)).toISOString()
          return user && { user, sticker: row.sticker, answer: answerOf(row), answered_at }
        })
      },
    })
  }
}

const none: OwnAnswer = { choice: null, value: null, text: null }

/** Undefined where the sticker takes no such answer. */
function answerTo(sticker: StoredSticker, answer: Answer): OwnAnswer | undefined {
  switch (sticker.kind) {
    case 'poll':
    case 'quiz':
      return 'choice' in answer && answer.choice < sticker.options.length
        ? { ...none, choice: answer.choice }
        : undefined
    case 'slider':
      // As precise as it is stored, so that saying the same again is the same.
      return 'value' in answer ? { ...none, value: Math.fround(answer.value) } : undefined
    case 'question':
      return 'text' in answer ? { ...none, text: answer.text } : undefined
    default:
      return undefined
  }
}

function answerOf({ choice, value, text }: OwnAnswer): Answer {
  if (choice !== null) return { choice }
  return value !== null ? { value } : { text: text ?? '' }
}

const isSame = (one: OwnAnswer | undefined, other: OwnAnswer): boolean =>
  one?.choice === other.choice && Math.fround(one.value ?? -1) === Math.fround(other.value ?? -1)
