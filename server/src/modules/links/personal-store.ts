import { LinkId, Nullable, PostId, Timestamp, Type } from '@tintype/contract'
import { sql } from 'kysely'
import type { Db } from '../../engines/db/port.ts'
import { type PersonalData, rowsSection } from '../personal.ts'

export const linksData = (db: Db): PersonalData => ({
  tables: {
    private_links: {
      holds:
        'private links to posts, the hash of a password, and how often each was opened; by whom is not kept',
      kept: 'until the link is revoked, 30 days after it expired, or until the post or the account is deleted',
      told: ['private_links'],
    },
  },
  sections: [
    rowsSection(db, {
      file: 'private_links',
      about: 'Private links to posts of yours',
      entry: {
        link_id: LinkId,
        post_id: PostId,
        has_password: Type.Boolean(),
        expires_at: Nullable(Timestamp),
        opened_count: Type.Integer(),
      },
      select: (member) => sql`
        select link_id as key, link_id, post_id, password_hash is not null as has_password, expires_at, opened_count
        from private_links where owner_id = ${member}`,
    }),
  ],
})
