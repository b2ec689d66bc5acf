import { type RouteGroup, route } from '../core/route.ts'
import { Empty, Exact, PostId, Type } from '../core/schema.ts'
import { LinkId, NewPrivateLink, PrivateLink } from './schemas.ts'

/** Links to one’s own posts for people without an account. No app makes or reads them: whoever has one sees the post. */
export const linkRoutes = {
  create: route({
    method: 'POST',
    path: '/posts/{post_id}/links',
    summary: 'Make a private link to a post of one’s own',
    access: 'member',
    scope: 'never',
    status: 201,
    rateLimit: 'link',
    params: Exact({ post_id: PostId }),
    body: NewPrivateLink,
    reply: PrivateLink,
    errors: ['not_found', 'link_refused', 'too_many_links'],
  }),
  list: route({
    method: 'GET',
    path: '/links',
    summary: 'One’s private links, the newest first',
    access: 'member',
    scope: 'never',
    reply: Type.Array(PrivateLink),
  }),
  revoke: route({
    method: 'DELETE',
    path: '/links/{link_id}',
    summary: 'End a private link: its page and its pictures are gone at once',
    access: 'member',
    scope: 'never',
    params: Exact({ link_id: LinkId }),
    reply: Empty,
    errors: ['not_found'],
  }),
} satisfies RouteGroup
