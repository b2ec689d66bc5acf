import { type CollectionId, collectionSubject } from '@tintype/contract'
import type { SubjectKind, SubjectPreview } from '../subject.ts'
import type { CollectionDeps } from './deps.ts'
import type { CollectionsReader } from './reader.ts'

type KindDeps = Pick<CollectionDeps, 'people'> & { reader: Pick<CollectionsReader, 'among'> }

/** Collections, as notices point at them: for who is in them. */
export function collectionKind({ people, reader }: KindDeps): SubjectKind {
  const idsOf = (subjects: readonly { id: string }[]) => subjects.map(({ id }) => id as CollectionId)
  return {
    kind: 'collection',
    async visible(viewerId, subjects) {
      const rows = viewerId ? await reader.among(viewerId, idsOf(subjects)) : []
      return new Set(rows.map((row) => row.collection_id))
    },
    async previews(viewerId, subjects) {
      const rows = viewerId ? await reader.among(viewerId, idsOf(subjects)) : []
      const owners = await people.summaries([...new Set(rows.map((row) => row.owner_id))])
      return new Map(
        rows.flatMap(({ collection_id: id, owner_id, name }): [string, SubjectPreview][] => {
          const author = owners.get(owner_id)
          const shown = { type: 'article' as const, address: `/saved/${id}`, text: name, picture: null }
          return author ? [[id, { subject: collectionSubject(id), author, ...shown }]] : []
        }),
      )
    },
    ends: { 'collection.deleted': ({ collection_id }) => [collectionSubject(collection_id)] },
  }
}
