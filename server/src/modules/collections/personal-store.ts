import { CollectionId, PostId, Timestamp, Type } from '@tintype/contract'
import { sql } from 'kysely'
import type { Db } from '../../engines/db/port.ts'
import { derived, named, type PersonalData, rowsSection } from '../personal.ts'

const ONE = 'until the collection, or its owner’s account, is deleted'

const tables: PersonalData['tables'] = {
  collections: { holds: 'named folders of posts', kept: ONE, told: ['collections'] },
  collection_members: { holds: 'with whom they are shared', kept: ONE, told: ['collections'] },
  member_collections: { holds: 'the same, by member', kept: ONE, told: ['collections'] },
  member_collection_counts: derived('how many a member is in', 'until the account is deleted'),
  collection_posts: { holds: 'posts in them', kept: `${ONE}, or the post is`, told: ['collection_posts'] },
}

export const collectionsData = (db: Db): PersonalData => ({
  tables,
  sections: [
    rowsSection(db, {
      file: 'collections',
      about: 'Collections that you are in, and whose they are',
      entry: { collection_id: CollectionId, name: Type.String(), ...named, members: Type.Integer() },
      select: (member) => sql`
        select collection_id as key, collection_id, name, owner_id as user_id, members
        from member_collections join collections using (collection_id, owner_id) where user_id = ${member}`,
    }),
    rowsSection(db, {
      file: 'collection_posts',
      about: 'Posts in the collections that you have made',
      entry: { collection_id: CollectionId, post_id: PostId, added_at: Timestamp },
      select: (member) => sql`
        select entry_id as key, collection_id, post_id, entry_id as added_at
        from collections join collection_posts using (collection_id) where owner_id = ${member}`,
    }),
  ],
})
