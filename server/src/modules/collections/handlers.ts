import type { Routes } from '@tintype/contract'
import { type Handlers, readyPage } from '../../gateway/binding.ts'
import type { Collections } from './collections.ts'
import type { Entries } from './entries.ts'
import type { CollectionsReader } from './reader.ts'

interface UseCases {
  reader: CollectionsReader
  collections: Collections
  entries: Entries
}

export const collectionHandlers = ({
  reader,
  collections,
  entries,
}: UseCases): Handlers<Routes['collections']> => ({
  list: ({ viewer, query }) => reader.page(viewer.user_id, query),
  create: ({ viewer, body, reservedId }) => collections.create(viewer.user_id, body, reservedId),
  get: ({ viewer, params }) => reader.whole(viewer.user_id, params.collection_id),
  rename: ({ viewer, params, body }) => collections.rename(viewer.user_id, params.collection_id, body.name),
  delete: async ({ viewer, params }) => {
    await collections.delete(viewer.user_id, params.collection_id)
    return {}
  },
  posts: async ({ viewer, params, query }) =>
    readyPage(await entries.page(viewer.user_id, params.collection_id, query)),
  ofPost: ({ viewer, params }) => entries.ofPost(viewer.user_id, params.post_id),
  addPost: ({ viewer, params }) => entries.add(viewer.user_id, params.collection_id, params.post_id),
  removePost: ({ viewer, params }) => entries.remove(viewer.user_id, params.collection_id, params.post_id),
  addMember: ({ viewer, params }) =>
    collections.addMember(viewer.user_id, params.collection_id, params.username),
  removeMember: async ({ viewer, params }) => {
    await collections.removeMember(viewer.user_id, params.collection_id, params.username)
    return {}
  },
})
