import { type RouteGroup, route } from '../core/route.ts'
import { Empty, Exact, Nullable, PostId, Type } from '../core/schema.ts'
import { newPostErrors } from '../posts/errors.ts'
import { NewScheduledPost, ScheduledChanges, ScheduledId, ScheduledPost } from './schemas.ts'

const params = Exact({ scheduled_id: ScheduledId })

/** Posts that are published later. */
export const scheduledRoutes = {
  create: route({
    method: 'POST',
    path: '/posts/scheduled',
    summary: 'Make a post of finished uploads that is published at a time, up to 75 days ahead',
    access: 'member',
    scope: 'write',
    status: 201,
    rateLimit: 'post',
    idempotent: true,
    body: NewScheduledPost,
    reply: ScheduledPost,
    errors: [...newPostErrors, 'schedule_out_of_range', 'too_many_scheduled'],
  }),
  list: route({
    method: 'GET',
    path: '/posts/scheduled',
    summary: 'One’s scheduled posts, the next one first',
    access: 'member',
    scope: 'read',
    reply: Type.Array(ScheduledPost),
  }),
  get: route({
    method: 'GET',
    path: '/posts/scheduled/{scheduled_id}',
    summary: 'One of them',
    access: 'member',
    scope: 'read',
    params,
    reply: ScheduledPost,
    errors: ['not_found'],
  }),
  edit: route({
    method: 'PUT',
    path: '/posts/scheduled/{scheduled_id}',
    summary: 'Change its time, caption, place, alt texts or who may comment; one that failed waits again',
    access: 'member',
    scope: 'write',
    params,
    body: ScheduledChanges,
    reply: ScheduledPost,
    errors: ['not_found', 'too_many_tags', 'words_refused', 'schedule_out_of_range'],
  }),
  publish: route({
    method: 'POST',
    path: '/posts/scheduled/{scheduled_id}/publish',
    summary: 'Publish it now; `post_id` is null where its files are not ready yet, and it follows them',
    access: 'member',
    scope: 'write',
    params,
    reply: Exact({ post_id: Nullable(PostId) }),
    errors: ['not_found', ...newPostErrors, 'schedule_missed'],
  }),
  delete: route({
    method: 'DELETE',
    path: '/posts/scheduled/{scheduled_id}',
    summary: 'Delete it with its files',
    access: 'member',
    scope: 'write',
    params,
    reply: Empty,
    errors: ['not_found'],
  }),
} satisfies RouteGroup
