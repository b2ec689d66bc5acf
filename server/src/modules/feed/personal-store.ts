import { Timestamp, Type } from '@tintype/contract'
import { sql } from 'kysely'
import type { Db } from '../../engines/db/port.ts'
import { derived, impersonal, named, type PersonalData, rowsSection } from '../personal.ts'

const CHOICE = 'until taken back, or the account is deleted'

const tables: PersonalData['tables'] = {
  timelines: derived('how far a member’s home feed is made', 'until the account is deleted'),
  celebrities: impersonal(
    'authors with very many followers',
    'until they have fewer, or the account is deleted',
  ),
  interactions: derived(
    'whose posts a member likes, comments on and saves; the author’s id outlives the author',
    'until undone, or the account is deleted',
  ),
  favourites: { holds: 'whose posts come first', kept: CHOICE, told: ['favourites'] },
  followed_tags: { holds: 'hashtags that a member follows', kept: CHOICE, told: ['followed_tags'] },
  tag_followers: { holds: 'the same, by hashtag', kept: CHOICE, told: ['followed_tags'] },
  feed_weights: { holds: 'what counts for a member’s home feed', kept: CHOICE, told: ['feed_weights'] },
}

export const feedData = (db: Db): PersonalData => ({
  tables,
  sections: [
    rowsSection(db, {
      file: 'favourites',
      about: 'Whose posts come first in your home feed',
      entry: { ...named, since_at: Timestamp },
      select: (member) => sql`
        select added_id as key, favourite_id as user_id, added_id as since_at
        from favourites where user_id = ${member}`,
    }),
    rowsSection(db, {
      file: 'followed_tags',
      about: 'Hashtags that you follow',
      entry: { tag: Type.String() },
      select: (member) => sql`select tag as key, tag from followed_tags where user_id = ${member}`,
    }),
    rowsSection(db, {
      file: 'feed_weights',
      about: 'What counts for your home feed, in hundredths of the usual',
      entry: { popularity: Type.Integer(), affinity: Type.Integer(), recency: Type.Integer() },
      select: (member) => sql`
        select user_id as key, popularity, affinity, recency from feed_weights where user_id = ${member}`,
    }),
  ],
})
