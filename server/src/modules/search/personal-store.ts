import { Type } from '@tintype/contract'
import { sql } from 'kysely'
import type { Db } from '../../engines/db/port.ts'
import { derived, impersonal, type PersonalData, rowsSection } from '../personal.ts'

const POST = 'until the post is deleted'

const tables: PersonalData['tables'] = {
  search_builds: impersonal('which version of the index stands', 'always'),
  search_labels: impersonal(
    'hashtags and places with how many posts they have',
    'as long as a post has them',
  ),
  search_post_labels: derived('hashtags and places of posts', POST),
  search_place_posts: derived('posts by place', POST),
  search_recents: {
    holds: 'what a member has searched for',
    kept: 'the newest, until cleared or the account is deleted',
    told: ['searches'],
  },
}

export const searchData = (db: Db): PersonalData => ({
  tables,
  sections: [
    rowsSection(db, {
      file: 'searches',
      about: 'What you have searched for lately',
      entry: { kind: Type.String(), value: Type.String() },
      select: (member) => sql`
        select recent_id as key, kind, value from search_recents where user_id = ${member}`,
    }),
  ],
})
