import type { ConversationId, Message, Operation } from '@tintype/contract'
import { Live, type Person, photo } from '@tintype/testkit'

/** What the privacy matrix asks of: what two say to each other, and a group of the same two that a third has left. */
export interface Talk {
  message: Message
  group: { conversation_id: ConversationId; code: string }
}

export async function talking(owner: Person, friend: Person, gone: Person): Promise<Talk> {
  const { conversation_id } = await owner.api.conversations.create({ body: { usernames: [friend.username] } })
  const [upload_id] = await owner.upload([await photo(91)])
  const photos = [{ upload_id: upload_id as never }]
  const message = await owner.api.messages.send({
    params: { conversation_id },
    body: { client_message_id: 'between-the-two', text: 'between us', photos },
  })
  const usernames = [friend.username, gone.username]
  const group = await owner.api.conversations.create({ body: { usernames, name: 'Three' } })
  await gone.api.conversations.leave({ params: group })
  const { code } = await owner.api.conversations.invite({ params: group })
  return { message, group: { conversation_id: group.conversation_id, code } }
}

type Ask = (viewer: Person, scene: { talk: Talk }) => Promise<boolean>
const asks: Partial<Record<Operation, Ask>> = {
  'conversations.get': async ({ api }, { talk }) =>
    (await api.conversations.get({ params: talk.message })).members.length === 2,
  'messages.list': async ({ api }, { talk }) =>
    (await api.messages.list({ params: talk.message })).items.length > 0,
  'messages.get': async ({ api, baseUrl }, { talk }) => {
    const { attachments } = await api.messages.get({ params: talk.message })
    const url = attachments[0]?.type === 'photo' ? attachments[0].media?.url : undefined
    return (await fetch(new URL(url ?? '/none', baseUrl))).status === 200
  },
  'messages.search': async ({ api }, { talk }) =>
    (await api.messages.search({ params: talk.message, query: { q: 'between' } })).items.length > 0,
  'conversations.list': async ({ api }, { talk }) => {
    const { items } = await api.conversations.list()
    const ids = [talk.message.conversation_id, talk.group.conversation_id]
    return items.some((one) => ids.includes(one.conversation_id))
  },
}

const own: ['owner'] = ['owner']
/** It is for the two, whatever others see of them. */
export const talkProbes = Object.fromEntries(
  Object.entries(asks).map(([name, ask]) => [name, { ask, private: own, public: own }]),
) as object

/** Which of the two conversations a socket of theirs gets into. */
export const joinable = (person: Person | undefined, { message, group }: Talk, baseUrl: string) =>
  Promise.all(
    [message, group].map(({ conversation_id }) =>
      Live.canJoin(baseUrl, person?.session.access_token ?? 'none', `conversation:${conversation_id}`),
    ),
  )
