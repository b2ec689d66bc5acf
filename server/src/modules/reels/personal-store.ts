import { PostId, Timestamp } from '@tintype/contract'
import { sql } from 'kysely'
import type { Db } from '../../engines/db/port.ts'
import { derived, impersonal, type PersonalData, rowsSection } from '../personal.ts'

const POST = 'until the reel is deleted'

const tables: PersonalData['tables'] = {
  author_reels: derived('reels by author', POST),
  recent_reels: derived('reels by day', POST),
  sound_reels: derived('reels by sound', POST),
  reel_stats: impersonal('how often a reel was played', POST),
  reel_watches: {
    holds: 'which reels a member has watched, and how far',
    kept: 'the newest of the last months, until the account is deleted',
    told: ['reels_watched'],
  },
}

export const reelsData = (db: Db): PersonalData => ({
  tables,
  sections: [
    rowsSection(db, {
      file: 'reels_watched',
      about: 'Reels that you have watched lately',
      entry: { post_id: PostId, watched_at: Timestamp },
      select: (member) => sql`
        select post_id as key, post_id, watched_at from reel_watches where user_id = ${member}`,
    }),
  ],
})
