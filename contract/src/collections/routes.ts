import { type RouteGroup, route } from '../core/route.ts'
import { Empty, Exact, PageQuery, PostId, Type, Username } from '../core/schema.ts'
import { UserListEntry } from '../members/schemas.ts'
import { Post } from '../posts/schemas.ts'
import { Collection, CollectionId, CollectionName, WholeCollection } from './schemas.ts'

const params = Exact({ collection_id: CollectionId })

const one = { access: 'member', params, errors: ['not_found'] } as const
const owned = { ...one, errors: ['not_found', 'forbidden'] } as const

const entry = {
  ...one,
  path: '/collections/{collection_id}/posts/{post_id}',
  params: Exact({ ...params.properties, post_id: PostId }),
  reply: Exact({ collected: Type.Boolean() }),
} as const

const member = {
  access: 'member',
  path: '/collections/{collection_id}/members/{username}',
  params: Exact({ ...params.properties, username: Username }),
} as const

export const collectionRoutes = {
  list: route({
    method: 'GET',
    path: '/collections',
    summary: 'Collections that the viewer has made, or that are shared with them, last made first',
    access: 'member',
    scope: 'read',
    query: PageQuery,
    paged: true,
    reply: Collection,
  }),
  create: route({
    method: 'POST',
    path: '/collections',
    summary: 'Make a collection, at once with a post in it where one is given',
    access: 'member',
    scope: 'write',
    status: 201,
    idempotent: true,
    body: Exact({ name: CollectionName, post_id: Type.Optional(PostId) }),
    reply: WholeCollection,
    errors: ['not_found', 'too_many_collections'],
  }),
  get: route({
    ...one,
    method: 'GET',
    path: '/collections/{collection_id}',
    summary: 'A collection, with who is in it',
    scope: 'read',
    reply: WholeCollection,
  }),
  rename: route({
    ...owned,
    method: 'PUT',
    path: '/collections/{collection_id}',
    summary: 'Rename; for its owner',
    scope: 'write',
    body: Exact({ name: CollectionName }),
    reply: Exact({ name: Type.String() }),
  }),
  delete: route({
    ...owned,
    method: 'DELETE',
    path: '/collections/{collection_id}',
    summary: 'Delete, for all who are in it; what they saved stays saved. For its owner',
    scope: 'write',
    reply: Empty,
  }),
  posts: route({
    ...one,
    method: 'GET',
    path: '/collections/{collection_id}/posts',
    summary: 'Its posts, last put in first',
    scope: 'read',
    query: PageQuery,
    paged: true,
    reply: Post,
  }),
  ofPost: route({
    method: 'GET',
    path: '/posts/{post_id}/collections',
    summary: 'Which of the viewer’s collections a post is in',
    access: 'member',
    scope: 'read',
    params: Exact({ post_id: PostId }),
    reply: Exact({ collection_ids: Type.Array(CollectionId) }),
    errors: ['not_found'],
  }),
  addPost: route({
    ...entry,
    method: 'PUT',
    summary: 'Put a post in, which saves it; twice is once',
    scope: 'write',
  }),
  removePost: route({
    ...entry,
    method: 'DELETE',
    summary: 'Take a post out; it stays saved',
    scope: 'write',
  }),
  addMember: route({
    ...member,
    method: 'PUT',
    summary: 'Share with a member, who may put in and take out posts, and leave. For its owner',
    scope: 'write',
    reply: UserListEntry,
    rateLimit: 'follow',
    errors: ['not_found', 'forbidden', 'cannot_target_self', 'collection_full', 'too_many_collections'],
  }),
  removeMember: route({
    ...member,
    method: 'DELETE',
    summary: 'Leave, or, for its owner, remove a member. What they put in stays',
    scope: 'write',
    reply: Empty,
    errors: ['not_found', 'forbidden', 'cannot_target_self'],
  }),
} satisfies RouteGroup
