import { bind, type RouteBinding } from '../../gateway/binding.ts'
import type { GraphLists } from './lists.ts'
import type { GraphService } from './service.ts'

export const graphRoutes = (graph: GraphService, lists: GraphLists): RouteBinding[] => [
  bind('follow', ({ viewer, params }) => graph.follow(viewer.user_id, params.username)),
  bind('unfollow', ({ viewer, params }) => graph.unfollow(viewer.user_id, params.username)),
  bind('removeFollower', ({ viewer, params }) => graph.removeFollower(viewer.user_id, params.username)),
  bind('block', ({ viewer, params }) => graph.block(viewer.user_id, params.username)),
  bind('unblock', ({ viewer, params }) => graph.unblock(viewer.user_id, params.username)),
  bind('mute', ({ viewer, params }) => graph.mute(viewer.user_id, params.username)),
  bind('unmute', ({ viewer, params }) => graph.unmute(viewer.user_id, params.username)),
  bind('followers', ({ viewer, params, query }) =>
    lists.followers(viewer?.user_id ?? null, params.username, query),
  ),
  bind('following', ({ viewer, params, query }) =>
    lists.following(viewer?.user_id ?? null, params.username, query),
  ),
  bind('mutual', ({ viewer, params, query }) => lists.mutual(viewer.user_id, params.username, query)),
  bind('blocked', ({ viewer, query }) => lists.blocked(viewer.user_id, query)),
  bind('followRequests', ({ viewer, query }) => lists.requests(viewer.user_id, query)),
  bind('acceptRequest', async ({ viewer, params }) => {
    await graph.acceptRequest(viewer.user_id, params.username)
    return {}
  }),
  bind('rejectRequest', async ({ viewer, params }) => {
    await graph.rejectRequest(viewer.user_id, params.username)
    return {}
  }),
]
