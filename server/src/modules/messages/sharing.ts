import {
  type ConversationId,
  type Message,
  type SharedKind,
  type StoryId,
  TintypeError,
  type UserId,
} from '@tintype/contract'
import type { MessageStore } from '../../engines/message-store/port.ts'
import type { Stories } from '../stories/api.ts'
import { type Subjects, subjectKey } from '../subject.ts'
import type { Changing } from './changing.ts'
import type { Conversations } from './conversations.ts'
import { rowOf, type StoredAttachment } from './envelope.ts'
import type { ConversationsReader, Mine } from './reader.ts'
import type { Sending } from './sending.ts'
import { sharedSubject } from './show.ts'

export interface SharingDeps {
  messageStore: Pick<MessageStore, 'find'>
  reader: Pick<ConversationsReader, 'mine' | 'maySend'>
  conversations: Pick<Conversations, 'members' | 'direct'>
  sending: Pick<Sending, 'send' | 'deliver'>
  changing: Pick<Changing, 'takeBack' | 'change'>
  subjects: Pick<Subjects, 'visible'>
  stories: Pick<Stories, 'forReply' | 'reactionOf'>
}

interface Share {
  client_message_id: string
  subject: { kind: SharedKind; id: string }
  usernames?: readonly string[]
  conversation_ids?: readonly ConversationId[]
  text?: string
}

/** Things of others that are sent on, and answers to stories. */
export class Sharing {
  readonly #deps: SharingDeps

  constructor(deps: SharingDeps) {
    this.#deps = deps
  }

  /** To all or to none: whoever cannot be written to is known before the first is sent. Said again, it sends what is missing. */
  async share(viewerId: UserId, share: Share): Promise<Message[]> {
    const { subjects, sending } = this.#deps
    const attachment: StoredAttachment = { type: 'share', purpose: 'share', ...share.subject }
    const subject = sharedSubject(attachment)
    if (!(await subjects.visible(viewerId, [subject])).has(subjectKey(subject)))
      throw new TintypeError('not_found')
    const all = await this.#recipients(viewerId, share)
    const { client_message_id, text } = share
    return Promise.all(
      all.map((mine) => sending.deliver(mine, { client_message_id, text, shares: [attachment] })),
    )
  }

  async #recipients(viewerId: UserId, { usernames = [], conversation_ids = [] }: Share): Promise<Mine[]> {
    const { conversations, reader } = this.#deps
    const members = usernames.length === 0 ? [] : await conversations.members(viewerId, usernames)
    const known = await Promise.all(conversation_ids.map((id) => reader.mine(viewerId, id)))
    const begun = []
    for (const id of members)
      begun.push(await reader.mine(viewerId, await conversations.direct(viewerId, id)))
    const all = [...new Map([...begun, ...known].map((mine) => [mine.record.conversation_id, mine])).values()]
    if (all.length === 0) throw new TintypeError('validation_failed')
    for (const mine of all) if (!(await reader.maySend(mine))) throw new TintypeError('cannot_message')
    return all
  }

  async replyToStory(
    viewerId: UserId,
    story_id: StoryId,
    { client_message_id, text }: { client_message_id: string; text: string },
  ): Promise<Message> {
    const { stories, conversations, sending } = this.#deps
    const { author_id, can_reply } = await stories.forReply(viewerId, story_id)
    if (author_id === viewerId) throw new TintypeError('cannot_target_self')
    if (!can_reply) throw new TintypeError('cannot_message')
    const id = await conversations.direct(viewerId, author_id)
    return sending.send(viewerId, id, {
      client_message_id,
      text,
      shares: [{ type: 'share', purpose: 'reply', kind: 'story', id: story_id }],
    })
  }

  /** Makes the message that says how somebody reacted to a story agree with their reaction. May be asked again at any time. */
  async followReaction(userId: UserId, authorId: UserId, story_id: StoryId): Promise<void> {
    const { stories, conversations, sending, changing } = this.#deps
    const emoji = await stories.reactionOf(story_id, userId)
    const id = await refusedAsNone(conversations.direct(userId, authorId))
    if (!id) return
    const { row, nextName } = await this.#reactionMessage(id, userId, story_id)
    if (row && emoji === null) await changing.takeBack(row)
    else if (row && row.content.body !== emoji)
      await changing.change(row, ({ content }) => ({ content: { ...content, body: emoji } }))
    else if (!row && emoji !== null)
      await refusedAsNone(
        sending.send(userId, id, {
          client_message_id: nextName,
          text: emoji,
          shares: [{ type: 'share', purpose: 'reaction', kind: 'story', id: story_id }],
        }),
      )
  }

  /** The one that stands, and the name of the next: one that was taken back stays so. */
  async #reactionMessage(id: ConversationId, userId: UserId, storyId: StoryId) {
    for (let n = 0; ; n++) {
      const nextName = `reaction_${storyId}_${n}`
      const found = await this.#deps.messageStore.find(id, userId, nextName)
      const row = found && rowOf(found)
      if (!row?.marks.unsent) return { row, nextName }
    }
  }
}

/** Undefined where the one may not write to the other, or is gone. */
async function refusedAsNone<T>(work: Promise<T>): Promise<T | undefined> {
  try {
    return await work
  } catch (error) {
    if (error instanceof TintypeError && ['cannot_message', 'not_found'].includes(error.code))
      return undefined
    throw error
  }
}
