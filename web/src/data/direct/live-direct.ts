import { live, onCatchUp } from '../live.ts'
import { meQuery } from '../member.ts'
import { queryClient } from '../query-client.ts'
import { forgetConversation, heardMark, refreshConversation } from './conversations.ts'
import { changeMessage, dropMessage, receiveMessage, suspectGaps } from './thread.ts'

/** Lists and threads as they are now: what was said while nobody listened is in none of them. */
function catchUp(): void {
  suspectGaps()
  for (const key of ['conversations', 'conversation', 'thread'])
    void queryClient.invalidateQueries({ queryKey: [key] })
}

const isSelf = (id: string): boolean => queryClient.getQueryData(meQuery.queryKey)?.user_id === id
const quietly = (task: Promise<unknown>): void => void task.catch(() => undefined)

/** What the messenger hears while it is open, beside what every screen does. Answers the way to stop. */
export function listenToMessages(): () => void {
  // What is shown is read as it is shown.
  suspectGaps()
  const ends = [
    live.on('message.created', ({ message }) => receiveMessage(message)),
    live.on('message.changed', ({ message }) => changeMessage(message)),
    live.on('message.gone', ({ conversation_id, message_id }) => dropMessage(conversation_id, message_id)),
    live.on('conversation.changed', ({ conversation_id }) => quietly(refreshConversation(conversation_id))),
    live.on('conversation.gone', ({ conversation_id }) => forgetConversation(conversation_id)),
    live.on('conversation.read', ({ conversation_id, user_id, up_to }) => {
      heardMark(conversation_id, user_id, 'last_read_message_id', up_to)
      // On another device: how many are left the server knows.
      if (isSelf(user_id)) quietly(refreshConversation(conversation_id))
    }),
    live.on('conversation.delivered', ({ conversation_id, user_id, up_to }) =>
      heardMark(conversation_id, user_id, 'last_delivered_message_id', up_to),
    ),
    onCatchUp(catchUp),
  ]
  return () => {
    for (const end of ends) end()
  }
}
