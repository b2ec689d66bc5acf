import { LiveCommentId, LiveId, Nullable, PostId, Timestamp, Type } from '@tintype/contract'
import { sql } from 'kysely'
import type { Db } from '../../engines/db/port.ts'
import { derived, impersonal, type PersonalData, rowsSection } from '../personal.ts'

const LIVE = 'until the live is deleted from the archive, or its host’s account is'

const tables: PersonalData['tables'] = {
  lives: { holds: 'lives: their titles, when they were', kept: LIVE, told: ['lives'] },
  member_lives: derived('lives by host', LIVE),
  live_counts: impersonal('hearts, and how many watched at most', LIVE),
  live_audiences: impersonal('how many watch', LIVE),
  live_segments: impersonal('where the pieces of a recording are', 'a week, or until it is kept as a video'),
  live_comments: { holds: 'what was said in lives', kept: LIVE, told: ['live_comments'] },
  live_talkers: derived('when a member said something last in a live', LIVE),
  live_people: {
    holds: 'who moderates a live, and who was removed from it',
    kept: LIVE,
    untold: 'who was removed is the affair of whoever did it',
  },
  stream_keys: {
    holds: 'the hash of the key that a member’s programs send lives with',
    kept: 'until the account is deleted',
    untold: 'a secret of which only a hash is kept',
  },
}

export const liveData = (db: Db): PersonalData => ({
  tables,
  sections: [
    rowsSection(db, {
      file: 'lives',
      about: 'Your lives',
      entry: {
        live_id: LiveId,
        title: Type.String(),
        audience: Type.String(),
        opened_at: Timestamp,
        ended_at: Nullable(Timestamp),
        replay_post_id: Nullable(PostId),
      },
      select: (member) => sql`
        select live_id as key, live_id, title, audience, opened_at, ended_at, replay_post_id
        from member_lives join lives using (live_id, host_id) where host_id = ${member}`,
    }),
    rowsSection(db, {
      file: 'live_comments',
      about: 'What you have said in lives',
      entry: { live_id: LiveId, live_comment_id: LiveCommentId, text: Type.String(), said_at: Timestamp },
      select: (member) => sql`
        select comment_id as key, live_id, comment_id as live_comment_id, text, comment_id as said_at
        from live_comments where user_id = ${member}`,
    }),
  ],
})
