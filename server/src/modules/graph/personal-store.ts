import { CircleId, LimitedAccounts, SensitiveLevel, Timestamp, Type } from '@tintype/contract'
import { sql } from 'kysely'
import type { Db } from '../../engines/db/port.ts'
import { type DataSection, derived, named, type PersonalData, rowsSection } from '../personal.ts'
import { type EdgeKind, names } from './store.ts'

const UNTIL = 'until undone, or one of the two accounts is deleted'

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
  restricts: { holds: 'whom a member restricts', kept: UNTIL, told: ['restricted'] },
  restricted_by: {
    holds: 'the same, seen from the other side',
    kept: UNTIL,
    untold: 'who restricts whom is the restricter’s own affair',
  },
  interaction_limits: {
    holds: 'that a member holds back accounts that they hardly know, and until when',
    kept: 'until it ends, 28 days at most',
    told: ['interaction_limit'],
  },
  viewing_choices: {
    holds: 'which sensitive posts a member wants to come across, and words that they do not want to read',
    kept: 'until the account is deleted',
    told: ['viewing'],
  },
  circles: {
    holds: 'named audiences that a member has made',
    kept: 'until the circle or the account is deleted',
    told: ['circles'],
  },
  circle_members: { holds: 'who is in a member’s circles', kept: UNTIL, told: ['circle_members'] },
  circle_memberships: {
    holds: 'the same, seen from the other side',
    kept: UNTIL,
    untold: 'whom somebody shares with is their own affair',
  },
  snoozes: { holds: 'mutes that end by themselves', kept: '30 days', told: ['muted'] },
  follow_counts: derived('how many follow, and are followed', 'until the account is deleted'),
  follow_count_changes: derived('changes that are not counted yet', 'minutes'),
}

/** Whom a member's edges of a kind lead to, or (`in`) from whom such edges lead to them. */
function people(db: Db, kind: EdgeKind, way: 'out' | 'in', file: string, about: string): DataSection {
  const n = names(kind)
  const [own, other] = way === 'out' ? [n.from, n.to] : [n.to, n.from]
  return rowsSection(db, {
    file,
    about,
    entry: { ...named, since_at: Timestamp },
    select: (member) => sql`
      select edge_id as key, ${other} as user_id, edge_id as since_at from ${n[way]} where ${own} = ${member}`,
  })
}

export const graphData = (db: Db): PersonalData => ({
  tables,
  sections: [
    people(db, 'follow', 'out', 'following', 'Whom you follow'),
    people(db, 'follow', 'in', 'followers', 'Who follows you'),
    people(
      db,
      'request',
      'out',
      'follow_requests_sent',
      'Whom you have asked to follow, and who has not answered',
    ),
    people(db, 'request', 'in', 'follow_requests', 'Who has asked to follow you, and waits for your answer'),
    people(db, 'block', 'out', 'blocked', 'Whom you have blocked'),
    people(db, 'mute', 'out', 'muted', 'Whom you have muted'),
    people(db, 'restrict', 'out', 'restricted', 'Whom you restrict'),
    rowsSection(db, {
      file: 'circles',
      about: 'Circles that you have made to share with',
      entry: { circle_id: CircleId, name: Type.String() },
      select: (member) => sql`
        select circle_id as key, circle_id, name from circles where owner_id = ${member}`,
    }),
    rowsSection(db, {
      file: 'circle_members',
      about: 'Who is in your circles',
      entry: { circle_id: CircleId, ...named, since_at: Timestamp },
      select: (member) => sql`
        select entry_id as key, circle_id, member_id as user_id, entry_id as since_at
        from circles join circle_members using (circle_id, owner_id) where owner_id = ${member}`,
    }),
    rowsSection(db, {
      file: 'interaction_limit',
      about: 'Whose comments, messages, mentions and tags you hold back, and until when',
      entry: { accounts: LimitedAccounts, ends_at: Timestamp },
      select: (member) => sql`
        select user_id as key, accounts, ends_at from interaction_limits where user_id = ${member}`,
    }),
    rowsSection(db, {
      file: 'viewing',
      about: 'Which sensitive posts you want to come across, and words that you do not want to read',
      entry: { sensitive: SensitiveLevel, muted_words: Type.Array(Type.String()) },
      select: (member) => sql`
        select user_id as key, sensitive, muted_words from viewing_choices where user_id = ${member}`,
    }),
  ],
})
