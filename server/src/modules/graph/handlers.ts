import type { Routes } from '@tintype/contract'
import type { Handlers } from '../../gateway/binding.ts'
import type { Circles } from './circles.ts'
import type { InteractionLimiting } from './interaction-limit.ts'
import type { GraphLists } from './lists.ts'
import type { GraphService } from './service.ts'
import type { Viewing } from './viewing.ts'

/** Seconds. */
const SNOOZE = 30 * 86_400

export const graphHandlers = (graph: GraphService, lists: GraphLists): Handlers<Routes['graph']> => ({
  follow: ({ viewer, params }) => graph.follow(viewer.user_id, params.username),
  unfollow: ({ viewer, params }) => graph.unfollow(viewer.user_id, params.username),
  removeFollower: ({ viewer, params }) => graph.removeFollower(viewer.user_id, params.username),
  block: ({ viewer, params }) => graph.block(viewer.user_id, params.username),
  unblock: ({ viewer, params }) => graph.unblock(viewer.user_id, params.username),
  mute: ({ viewer, params }) => graph.mute(viewer.user_id, params.username),
  snooze: ({ viewer, params }) => graph.mute(viewer.user_id, params.username, SNOOZE),
  unmute: ({ viewer, params }) => graph.unmute(viewer.user_id, params.username),
  restrict: ({ viewer, params }) => graph.restrict(viewer.user_id, params.username),
  unrestrict: ({ viewer, params }) => graph.unrestrict(viewer.user_id, params.username),
  followers: ({ viewer, params, query }) => lists.followers(viewer?.user_id ?? null, params.username, query),
  following: ({ viewer, params, query }) => lists.following(viewer?.user_id ?? null, params.username, query),
  mutual: ({ viewer, params, query }) => lists.mutual(viewer.user_id, params.username, query),
  muted: ({ viewer, query }) => lists.muted(viewer.user_id, query),
  blocked: ({ viewer, query }) => lists.blocked(viewer.user_id, query),
  restricted: ({ viewer, query }) => lists.restricted(viewer.user_id, query),
  requests: ({ viewer, query }) => lists.requests(viewer.user_id, query),
  acceptRequest: async ({ viewer, params }) => {
    await graph.acceptRequest(viewer.user_id, params.username)
    return {}
  },
  rejectRequest: async ({ viewer, params }) => {
    await graph.rejectRequest(viewer.user_id, params.username)
    return {}
  },
})

export const interactionLimitHandlers = (
  limiting: InteractionLimiting,
): Handlers<Routes['interactionLimit']> => ({
  get: ({ viewer }) => limiting.get(viewer.user_id),
  set: ({ viewer, body }) => limiting.set(viewer.user_id, body),
  lift: ({ viewer }) => limiting.lift(viewer.user_id),
})

export const viewingHandlers = (viewing: Viewing): Handlers<Routes['viewing']> => ({
  get: ({ viewer }) => viewing.get(viewer.user_id),
  change: ({ viewer, body }) => viewing.change(viewer.user_id, body),
})

export const circleHandlers = (circles: Circles): Handlers<Routes['circles']> => ({
  list: ({ viewer }) => circles.list(viewer.user_id),
  create: ({ viewer, body, reservedId }) => circles.create(viewer.user_id, body.name, reservedId),
  rename: ({ viewer, params, body }) => circles.rename(viewer.user_id, params.circle_id, body.name),
  delete: async ({ viewer, params }) => {
    await circles.delete(viewer.user_id, params.circle_id)
    return {}
  },
  members: ({ viewer, params, query }) => circles.members(viewer.user_id, params.circle_id, query),
  addMember: ({ viewer, params }) => circles.addMember(viewer.user_id, params.circle_id, params.username),
  removeMember: async ({ viewer, params }) => {
    await circles.removeMember(viewer.user_id, params.circle_id, params.username)
    return {}
  },
})
