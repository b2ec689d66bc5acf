import type { Routes } from '@tintype/contract'
import type { Handlers } from '../../gateway/binding.ts'
import type { Answering } from './answering.ts'
import type { Highlights } from './highlights.ts'
import type { Lists } from './lists.ts'
import type { StoriesService } from './service.ts'
import type { Tray } from './tray.ts'
import type { Viewing } from './viewing.ts'

export interface StoryUseCases {
  stories: StoriesService
  tray: Tray
  viewing: Viewing
  answering: Answering
  lists: Lists
  highlights: Highlights
}

export const storyHandlers = (deps: StoryUseCases): Handlers<Routes['stories']> => {
  const { stories, tray, viewing, answering, lists } = deps
  return {
    create: ({ viewer, body, reservedId }) => stories.create(viewer.user_id, body, reservedId),
    feed: ({ viewer, query }) => tray.page(viewer.user_id, query),
    ofAuthor: ({ viewer, params }) => stories.ofAuthor(viewer.user_id, params.username),
    get: ({ viewer, params }) => stories.get(viewer.user_id, params.story_id),
    delete: async ({ viewer, params }) => {
      await stories.delete(viewer.user_id, params.story_id)
      return {}
    },
    view: ({ viewer, params }) => viewing.view(viewer.user_id, params.story_id),
    views: ({ viewer, params, query }) => viewing.views(viewer.user_id, params.story_id, query),
    react: ({ viewer, params, body }) => viewing.react(viewer.user_id, params.story_id, body.emoji),
    unreact: async ({ viewer, params }) => {
      await viewing.unreact(viewer.user_id, params.story_id)
      return {}
    },
    answer: ({ viewer, params, body }) =>
      answering.answer(viewer.user_id, params.story_id, params.sticker, body),
    answers: ({ viewer, params, query }) => answering.answers(viewer.user_id, params.story_id, query),
    archive: ({ viewer, query }) => stories.archive(viewer.user_id, query),
    settings: ({ viewer }) => stories.settings(viewer.user_id),
    changeSettings: ({ viewer, body }) => stories.changeSettings(viewer.user_id, body),
    mute: ({ viewer, params }) => lists.add(viewer.user_id, 'muted', params.username),
    unmute: ({ viewer, params }) => lists.remove(viewer.user_id, 'muted', params.username),
    closeFriends: ({ viewer, query }) => lists.page(viewer.user_id, 'close_friends', query),
    addCloseFriend: ({ viewer, params }) => lists.add(viewer.user_id, 'close_friends', params.username),
    removeCloseFriend: ({ viewer, params }) => lists.remove(viewer.user_id, 'close_friends', params.username),
    muted: ({ viewer, query }) => lists.page(viewer.user_id, 'muted', query),
    hiddenFrom: ({ viewer, query }) => lists.page(viewer.user_id, 'hidden_from', query),
    hideFrom: ({ viewer, params }) => lists.add(viewer.user_id, 'hidden_from', params.username),
    unhideFrom: ({ viewer, params }) => lists.remove(viewer.user_id, 'hidden_from', params.username),
  }
}

export const highlightHandlers = ({
  stories,
  highlights,
}: StoryUseCases): Handlers<Routes['highlights']> => ({
  ofMember: ({ viewer, params }) => stories.highlightsOf(viewer.user_id, params.username),
  create: ({ viewer, body, reservedId }) => highlights.create(viewer.user_id, body, reservedId),
  get: ({ viewer, params }) => highlights.get(viewer.user_id, params.highlight_id),
  edit: ({ viewer, params, body }) => highlights.edit(viewer.user_id, params.highlight_id, body),
  delete: async ({ viewer, params }) => {
    await highlights.delete(viewer.user_id, params.highlight_id)
    return {}
  },
})
