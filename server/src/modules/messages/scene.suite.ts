import { randomUUID } from 'node:crypto'
import type { Body, Conversation, ConversationId, Message, Routes } from '@tintype/contract'
import type { Person } from '@tintype/testkit'

export const SECOND = 1000
export const MINUTE = 60 * SECOND
export const DAY = 1440 * MINUTE

export const code = (expected: string) => ({ code: expected })
export const texts = (messages: readonly Message[]) => messages.map((message) => message.body)
export const ids = (messages: readonly { message_id: string }[]) => messages.map((one) => one.message_id)

type NewMessage = Partial<Body<Routes['messages']['send']>>
type Place = { conversation_id: ConversationId }

/** The conversation of two, or a new group. */
export const talk = (person: Person, ...others: readonly Person[]): Promise<Conversation> =>
  person.api.conversations.create({ body: { usernames: others.map((other) => other.username) } })

export const send = (
  person: Person,
  { conversation_id }: Place,
  text?: string,
  more: NewMessage = {},
): Promise<Message> =>
  person.api.messages.send({
    params: { conversation_id },
    body: { client_message_id: randomUUID(), ...(text === undefined ? {} : { text }), ...more },
  })

/** Newest first. */
export const messages = async (
  person: Person,
  { conversation_id }: Place,
  query: { before?: never; after?: never; limit?: number } = {},
): Promise<Message[]> =>
  (await person.api.messages.list({ params: { conversation_id }, query: { limit: 50, ...query } })).items

export const inbox = async (person: Person, folder: 'inbox' | 'requests' = 'inbox') =>
  (await person.api.conversations.list({ query: { folder } })).items

export const open = (person: Person, { conversation_id }: Place) =>
  person.api.conversations.get({ params: { conversation_id } })

export const read = (
  person: Person,
  { conversation_id, message_id }: Pick<Message, 'conversation_id' | 'message_id'>,
) => person.api.conversations.markRead({ params: { conversation_id }, body: { up_to: message_id } })

export const unread = async (person: Person) => (await person.api.conversations.unread()).count

/** Follow each other, so that what one says needs no asking. */
export async function friends(...people: readonly Person[]): Promise<void> {
  for (const one of people) for (const other of people) if (one !== other) await one.follow(other)
}
