import { type RouteGroup, route } from '../core/route.ts'
import { Empty, Exact, Nullable, PageQuery, PostId, Type } from '../core/schema.ts'
import { limits } from '../limits.ts'
import { ByUsername } from '../members/schemas.ts'
import { newPostErrors } from './errors.ts'
import { newPostFields } from './new-post.ts'
import { PersonTags, TaggedPerson } from './people.ts'
import { AltText, Caption, Downloadable, Place, Post } from './schemas.ts'
import { PostSettings, PostSettingsChanges, postChoices, sensitiveMark } from './settings.ts'

const params = Exact({ post_id: PostId })

export const postRoutes = {
  confirm: route({
    method: 'POST',
    path: '/posts/confirm',
    summary: 'Make a post of finished uploads',
    access: 'member',
    scope: 'write',
    status: 201,
    rateLimit: 'post',
    idempotent: true,
    body: Exact(newPostFields),
    reply: Post,
    errors: newPostErrors,
  }),
  create: route({
    method: 'POST',
    path: '/posts',
    summary:
      'Post in one multipart/form-data call: files `file` (1…10), fields `caption`, `alt_text` (one per file), `filter`, `location`, `reel` (JSON), `circles` (ids, comma-separated), `comments_from`, `likes_hidden`, `downloads_allowed`, `sensitive`',
    access: 'member',
    scope: 'write',
    status: 201,
    rateLimit: 'post',
    idempotent: true,
    multipart: true,
    reply: Post,
    errors: newPostErrors,
  }),
  get: route({
    method: 'GET',
    path: '/posts/{post_id}',
    summary: 'A post',
    access: 'optional',
    scope: 'read',
    params,
    reply: Post,
    errors: ['not_found'],
  }),
  edit: route({
    method: 'PUT',
    path: '/posts/{post_id}',
    summary:
      'Change caption, place, alt texts, who may comment, whether likes are shown, photographs may be taken along or a reel’s sound is for others',
    access: 'member',
    scope: 'write',
    params,
    body: Exact({
      caption: Type.Optional(Caption),
      location: Type.Optional(Nullable(Place)),
      ...postChoices,
      ...sensitiveMark,
      alt_texts: Type.Optional(Type.Array(AltText, { maxItems: limits.carousel })),
      /** Of a reel with a sound of its own; of other posts it says nothing. */
      share_sound: Type.Optional(Type.Boolean()),
    }),
    reply: Post,
    errors: ['not_found', 'too_many_tags', 'words_refused', 'post_not_published'],
  }),
  delete: route({
    method: 'DELETE',
    path: '/posts/{post_id}',
    summary: 'Delete a post: gone from every feed and from the file store',
    access: 'member',
    scope: 'write',
    params,
    reply: Empty,
    errors: ['not_found'],
  }),
} satisfies RouteGroup

/** Photographs of others, where their authors let one. */
export const downloadRoutes = {
  ofPost: route({
    method: 'GET',
    path: '/posts/{post_id}/downloads',
    summary: 'The photographs of a post to take along: the largest rendition of each, without metadata',
    access: 'optional',
    scope: 'read',
    params,
    reply: Type.Array(Downloadable),
    errors: ['not_found', 'download_refused'],
  }),
} satisfies RouteGroup

export const postSettingsRoutes = {
  get: route({
    method: 'GET',
    path: '/posts/settings',
    summary: 'What the viewer has set for their posts and for comments on them',
    access: 'member',
    scope: 'read',
    reply: PostSettings,
  }),
  change: route({
    method: 'PUT',
    path: '/posts/settings',
    summary: 'Set it; fields left out stay',
    access: 'member',
    scope: 'write',
    body: PostSettingsChanges,
    reply: PostSettings,
  }),
} satisfies RouteGroup

const ofOwn = { access: 'member', params, reply: Post } as const

/** What members do with their published posts. */
export const postShelfRoutes = {
  archived: route({
    method: 'GET',
    path: '/posts/archived',
    summary: 'One’s archived posts, newest first',
    access: 'member',
    scope: 'read',
    query: PageQuery,
    paged: true,
    reply: Post,
  }),
  archive: route({
    ...ofOwn,
    method: 'PUT',
    path: '/posts/{post_id}/archive',
    summary: 'Put a post away: to all others it does not exist until it is restored',
    scope: 'write',
    errors: ['not_found', 'post_not_published'],
  }),
  restore: route({
    ...ofOwn,
    method: 'DELETE',
    path: '/posts/{post_id}/archive',
    summary: 'Put it back where it was, with its counts',
    scope: 'write',
    errors: ['not_found'],
  }),
  pin: route({
    ...ofOwn,
    method: 'PUT',
    path: '/posts/{post_id}/pin',
    summary: 'Pin a post to the top of one’s profile, three at most',
    scope: 'write',
    errors: ['not_found', 'post_not_published', 'post_pins_full'],
  }),
  unpin: route({
    ...ofOwn,
    method: 'DELETE',
    path: '/posts/{post_id}/pin',
    summary: 'Take the pin off',
    scope: 'write',
    errors: ['not_found'],
  }),
} satisfies RouteGroup

/** People in photographs. */
export const photoTagRoutes = {
  list: route({
    method: 'GET',
    path: '/posts/{post_id}/people',
    summary: 'Who is tagged where in its pictures, as far as the viewer sees them',
    access: 'optional',
    scope: 'read',
    params,
    reply: Type.Array(TaggedPerson),
    errors: ['not_found'],
  }),
  set: route({
    method: 'PUT',
    path: '/posts/{post_id}/people',
    summary: 'Tag these people in one’s own post, and nobody else; who has taken themself out stays out',
    access: 'member',
    scope: 'write',
    params,
    body: Exact({ people: PersonTags }),
    reply: Type.Array(TaggedPerson),
    errors: ['not_found', 'person_not_found'],
  }),
  accept: route({
    method: 'PUT',
    path: '/posts/{post_id}/people/me',
    summary: 'Let everybody see that one is in it',
    access: 'member',
    scope: 'write',
    params,
    reply: Empty,
    errors: ['not_found'],
  }),
  leave: route({
    method: 'DELETE',
    path: '/posts/{post_id}/people/me',
    summary: 'Take oneself out of it, for good',
    access: 'member',
    scope: 'write',
    params,
    reply: Empty,
    errors: ['not_found'],
  }),
  pending: route({
    method: 'GET',
    path: '/posts/tagged/pending',
    summary: 'Posts in which one is tagged and has not agreed yet, newest first',
    access: 'member',
    scope: 'read',
    query: PageQuery,
    paged: true,
    reply: Post,
  }),
  ofMember: route({
    method: 'GET',
    path: '/users/{username}/tagged',
    summary: 'Posts in which a member is tagged, newest first',
    access: 'optional',
    scope: 'read',
    params: ByUsername,
    query: PageQuery,
    paged: true,
    reply: Post,
    errors: ['not_found'],
  }),
} satisfies RouteGroup
