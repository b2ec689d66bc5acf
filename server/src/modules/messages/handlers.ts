import type { Routes } from '@tintype/contract'
import type { Handlers } from '../../gateway/binding.ts'
import type { Changing } from './changing.ts'
import type { Conversations } from './conversations.ts'
import type { Groups } from './groups.ts'
import type { Reading } from './reading.ts'
import type { Sending } from './sending.ts'
import type { Sharing } from './sharing.ts'
import type { Statuses } from './statuses.ts'
import type { Unread } from './unread.ts'

export interface ConversationUseCases {
  conversations: Conversations
  groups: Groups
  statuses: Statuses
  unread: Unread
}

export const conversationHandlers = (deps: ConversationUseCases): Handlers<Routes['conversations']> => {
  const { conversations, groups, statuses, unread } = deps
  return {
    list: ({ viewer, query }) => conversations.list(viewer.user_id, query),
    create: ({ viewer, body, reservedId }) => conversations.create(viewer.user_id, body, reservedId),
    unread: ({ viewer }) => unread.of(viewer.user_id),
    get: ({ viewer, params }) => conversations.get(viewer.user_id, params.conversation_id),
    async edit({ viewer, params: { conversation_id }, body }) {
      await groups.edit(viewer.user_id, conversation_id, body)
      return conversations.get(viewer.user_id, conversation_id)
    },
    async delete({ viewer, params }) {
      await statuses.clear(viewer.user_id, params.conversation_id)
      return {}
    },
    async set({ viewer, params: { conversation_id }, body }) {
      await statuses.set(viewer.user_id, conversation_id, body)
      return conversations.get(viewer.user_id, conversation_id)
    },
    async accept({ viewer, params: { conversation_id } }) {
      await statuses.accept(viewer.user_id, conversation_id)
      return conversations.get(viewer.user_id, conversation_id)
    },
    async decline({ viewer, params }) {
      await statuses.decline(viewer.user_id, params.conversation_id)
      return {}
    },
    async leave({ viewer, params }) {
      await groups.leave(viewer.user_id, params.conversation_id)
      return {}
    },
    async addMembers({ viewer, params: { conversation_id }, body }) {
      await groups.add(viewer.user_id, conversation_id, body.usernames)
      return conversations.get(viewer.user_id, conversation_id)
    },
    async removeMember({ viewer, params: { conversation_id, username } }) {
      await groups.remove(viewer.user_id, conversation_id, username)
      return conversations.get(viewer.user_id, conversation_id)
    },
    async makeAdmin({ viewer, params: { conversation_id, username } }) {
      await groups.setRole(viewer.user_id, conversation_id, username, 'admin')
      return conversations.get(viewer.user_id, conversation_id)
    },
    async removeAdmin({ viewer, params: { conversation_id, username } }) {
      await groups.setRole(viewer.user_id, conversation_id, username, 'member')
      return conversations.get(viewer.user_id, conversation_id)
    },
    invite: ({ viewer, params }) => groups.invite(viewer.user_id, params.conversation_id),
    async uninvite({ viewer, params }) {
      await groups.uninvite(viewer.user_id, params.conversation_id)
      return {}
    },
    invitation: ({ viewer, params }) => groups.invitation(viewer.user_id, params.code),
    join: async ({ viewer, params }) =>
      conversations.get(viewer.user_id, await groups.join(viewer.user_id, params.code)),
    async markRead({ viewer, params: { conversation_id }, body }) {
      await statuses.markRead(viewer.user_id, conversation_id, body.up_to)
      return conversations.readState(viewer.user_id, conversation_id)
    },
  }
}

export interface MessageUseCases {
  sending: Sending
  reading: Reading
  changing: Changing
  sharing: Sharing
  statuses: Statuses
}

export const messageHandlers = (deps: MessageUseCases): Handlers<Routes['messages']> => {
  const { sending, reading, changing, sharing, statuses } = deps
  return {
    settings: ({ viewer }) => statuses.settings(viewer.user_id),
    changeSettings: ({ viewer, body }) => statuses.changeSettings(viewer.user_id, body),
    list: ({ viewer, params, query }) => reading.list(viewer.user_id, params.conversation_id, query),
    send: ({ viewer, params, body }) => sending.send(viewer.user_id, params.conversation_id, body),
    share: async ({ viewer, body }) => ({ messages: await sharing.share(viewer.user_id, body) }),
    replyToStory: ({ viewer, params, body }) => sharing.replyToStory(viewer.user_id, params.story_id, body),
    search: ({ viewer, params, query }) => reading.search(viewer.user_id, params.conversation_id, query),
    get: ({ viewer, params }) => reading.get(viewer.user_id, params.conversation_id, params.message_id),
    edit: ({ viewer, params, body }) =>
      changing.edit(viewer.user_id, params.conversation_id, params.message_id, body.text),
    unsend: ({ viewer, params }) =>
      changing.unsend(viewer.user_id, params.conversation_id, params.message_id),
    react: ({ viewer, params, body }) =>
      changing.react(viewer.user_id, params.conversation_id, params.message_id, body.emoji),
    unreact: ({ viewer, params }) =>
      changing.react(viewer.user_id, params.conversation_id, params.message_id, null),
    open: ({ viewer, params }) => changing.open(viewer.user_id, params.conversation_id, params.message_id),
  }
}
