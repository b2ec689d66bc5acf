import { type CollectionId, collectionSubject, type Events } from '@tintype/contract'
import { createT } from '@tintype/contract/core/texts'
import { begins, ends, type Fact, factOf, type Notices } from '../notice.ts'
import type { CollectionsReader } from './reader.ts'

const t = createT({ shared: '{actor} added you to the collection “{name}”' })

const factFor = ({ user_id, owner_id, collection_id }: Events['collection.shared']) =>
  factOf('collection_shared', user_id, owner_id, collectionSubject(collection_id))

/** That one is in a collection of somebody else's, for as long as one is. */
export const collectionNotices = (reader: Pick<CollectionsReader, 'holding'>): Notices => ({
  on: {
    'collection.shared': (e) => begins(factFor(e)),
    'collection.unshared': (e) => ends(factFor(e)),
  },
  ofOthers: ['collection_shared'],
  pushes: {
    collection_shared: {
      kind: 'mention',
      body: ({ actor, excerpt }) => t('shared', { actor, name: excerpt }),
    },
  },
  async stillTrue(facts) {
    const ours = facts.filter(({ type }) => type === 'collection_shared')
    const idOf = ({ subject }: Fact) => subject.id as CollectionId
    const members = await reader.holding(ours.map(idOf))
    return ours.filter((fact) => members.get(idOf(fact))?.includes(fact.user_id))
  },
})
