import type { Routes } from '@tintype/contract'
import { type Handlers, readyPage } from '../../gateway/binding.ts'
import type { RepostChoices } from './choices.ts'
import type { RepostsReader } from './reader.ts'
import type { Reposts } from './reposts.ts'

interface UseCases {
  reposts: Reposts
  reader: RepostsReader
  choices: RepostChoices
}

export const repostHandlers = ({ reposts, reader, choices }: UseCases): Handlers<Routes['reposts']> => ({
  get: ({ viewer, params }) => reposts.state(viewer.user_id, params.post_id),
  repost: ({ viewer, params }) => reposts.repost(viewer.user_id, params.post_id),
  undo: ({ viewer, params }) => reposts.undo(viewer.user_id, params.post_id),
  ofMember: async ({ viewer, params, query }) =>
    readyPage(await reader.ofMember(viewer?.user_id ?? null, params.username, query)),
  settings: ({ viewer }) => choices.settings(viewer.user_id),
  changeSettings: ({ viewer, body }) => choices.change(viewer.user_id, body),
  mute: ({ viewer, params }) => choices.mute(viewer.user_id, params.username),
  unmute: ({ viewer, params }) => choices.unmute(viewer.user_id, params.username),
})
