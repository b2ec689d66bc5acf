import { Timestamp } from '@tintype/contract'
import { sql } from 'kysely'
import type { Db } from '../../engines/db/port.ts'
import { derived, named, type PersonalData, rowsSection } from '../personal.ts'

const UNTIL = 'until undone, or one of the two accounts is deleted'
const entry = { ...named, since_at: Timestamp }

const tables: PersonalData['tables'] = {
  following: { holds: 'whom a member follows', kept: UNTIL, told: ['following'] },
  followers: { holds: 'the same, seen from the other side', kept: UNTIL, told: ['followers'] },
  requested_follows: { holds: 'whom a member asks to follow', kept: UNTIL, told: ['follow_requests_sent'] },
  follow_requests: { holds: 'the same, seen from the other side', kept: UNTIL, told: ['follow_requests'] },
  blocks: { holds: 'whom a member has blocked', kept: UNTIL, told: ['blocked'] },
  blocked_by: {
    holds: 'the same, seen from the other side',
    kept: UNTIL,
    untold: 'who has blocked whom is the blocker’s own affair',
  },
  mutes: { holds: 'whom a member has muted', kept: UNTIL, told: ['muted'] },
  muted_by: {
    holds: 'the same, seen from the other side',
    kept: UNTIL,
    untold: 'who has muted whom is the muter’s own affair',
  },
  snoozes: { holds: 'mutes that end by themselves', kept: '30 days', told: ['muted'] },
  follow_counts: derived('how many follow, and are followed', 'until the account is deleted'),
  follow_count_changes: derived('changes that are not counted yet', 'minutes'),
}

export const graphData = (db: Db): PersonalData => ({
  tables,
  sections: [
    rowsSection(db, {
      file: 'following',
      about: 'Whom you follow',
      entry,
      select: (member) => sql`
        select edge_id as key, followee_id as user_id, edge_id as since_at from following where follower_id = ${member}`,
    }),
    rowsSection(db, {
      file: 'followers',
      about: 'Who follows you',
      entry,
      select: (member) => sql`
        select edge_id as key, follower_id as user_id, edge_id as since_at from followers where followee_id = ${member}`,
    }),
    rowsSection(db, {
      file: 'follow_requests_sent',
      about: 'Whom you have asked to follow, and who has not answered',
      entry,
      select: (member) => sql`
        select edge_id as key, followee_id as user_id, edge_id as since_at
        from requested_follows where follower_id = ${member}`,
    }),
    rowsSection(db, {
      file: 'follow_requests',
      about: 'Who has asked to follow you, and waits for your answer',
      entry,
      select: (member) => sql`
        select edge_id as key, follower_id as user_id, edge_id as since_at
        from follow_requests where followee_id = ${member}`,
    }),
    rowsSection(db, {
      file: 'blocked',
      about: 'Whom you have blocked',
      entry,
      select: (member) => sql`
        select edge_id as key, blocked_id as user_id, edge_id as since_at from blocks where blocker_id = ${member}`,
    }),
    rowsSection(db, {
      file: 'muted',
      about: 'Whom you have muted',
      entry,
      select: (member) => sql`
        select edge_id as key, muted_id as user_id, edge_id as since_at from mutes where muter_id = ${member}`,
    }),
  ],
})
