import { PostId, Timestamp } from '@tintype/contract'
import { sql } from 'kysely'
import type { Db } from '../../engines/db/port.ts'
import { derived, named, type PersonalData, rowsSection } from '../personal.ts'

const ONE = 'until it is taken back, the post or the account is deleted, or one of the two blocks the other'

const tables: PersonalData['tables'] = {
  reposts: { holds: 'posts that a member passed on to their followers', kept: ONE, told: ['reposts'] },
  post_reposts: { holds: 'the same, by post', kept: ONE, told: ['reposts'] },
  author_reposts: { holds: 'the same, by who posted it', kept: ONE, told: ['reposts'] },
  repost_counters: derived('how often a post was passed on', 'until the post is deleted'),
  repost_counter_changes: derived('what is to be added to that', 'seconds'),
  repost_refusals: {
    holds: 'who does not let others repost their posts',
    kept: 'until it is changed, or the account is deleted',
    told: ['repost_settings'],
  },
  repost_mutes: {
    holds: 'whose reposts a member hides',
    kept: 'until it is taken back, or either account is deleted',
    told: ['muted_reposts'],
  },
}

export const repostsData = (db: Db): PersonalData => ({
  tables,
  sections: [
    rowsSection(db, {
      file: 'reposts',
      about: 'Posts that you passed on to your followers, and who posted them',
      entry: { post_id: PostId, ...named, reposted_at: Timestamp },
      select: (member) => sql`
        select repost_id as key, post_id, author_id as user_id, repost_id as reposted_at
        from reposts where user_id = ${member}`,
    }),
    rowsSection(db, {
      file: 'repost_settings',
      about: 'That you do not let others repost your posts, where that is so',
      entry: { ...named },
      select: (member) => sql`select user_id as key, user_id from repost_refusals where user_id = ${member}`,
    }),
    rowsSection(db, {
      file: 'muted_reposts',
      about: 'Whose reposts you hide',
      entry: { ...named, muted_at: Timestamp },
      select: (member) => sql`
        select mute_id as key, muted_id as user_id, mute_id as muted_at from repost_mutes where user_id = ${member}`,
    }),
  ],
})
