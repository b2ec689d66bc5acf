import type { Routes } from '@tintype/contract'
import type { Handlers } from '../../gateway/binding.ts'
import type { Refusals } from './refusals.ts'

export const exploreHandlers = (refusals: Refusals): Handlers<Routes['explore']> => ({
  refusePost: ({ viewer, params }) => refusals.refusePost(viewer.user_id, params.post_id),
  allowPost: ({ viewer, params }) => refusals.allowPost(viewer.user_id, params.post_id),
  hideAuthor: ({ viewer, params }) => refusals.hideAuthor(viewer.user_id, params.username),
  showAuthor: ({ viewer, params }) => refusals.showAuthor(viewer.user_id, params.username),
  hiddenAuthors: ({ viewer, query }) => refusals.hiddenAuthors(viewer.user_id, query),
  dismissSuggestion: async ({ viewer, params }) => {
    await refusals.dismissSuggestion(viewer.user_id, params.username)
    return {}
  },
})
