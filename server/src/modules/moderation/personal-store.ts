import { Nullable, Timestamp, Type } from '@tintype/contract'
import { sql } from 'kysely'
import type { Db } from '../../engines/db/port.ts'
import { impersonal, type PersonalData, rowsSection } from '../personal.ts'

const RECORD = 'as long as the community keeps what was reported (180 days unless set)'
const optional = Nullable(Timestamp)

const tables: PersonalData['tables'] = {
  moderation_cases: {
    holds: 'what was reported, and whose it is',
    kept: RECORD,
    untold: 'who reports others must not come to be known; what came of it is in the archive',
  },
  moderation_reports: {
    holds: 'reports: by whom, why, what was reported as it was then',
    kept: `${RECORD}; the reporter’s name until their account is deleted`,
    told: ['reports'],
  },
  moderation_acts: {
    holds: 'what moderators did, to whom, by which rule',
    kept: RECORD,
    told: ['moderation'],
  },
  moderation_appeals: {
    holds: 'what members asked then, and the answer',
    kept: RECORD,
    told: ['moderation'],
  },
  moderation_settings: impersonal('how the community is moderated', 'always'),
  moderation_audit: {
    holds: 'every act of moderators and owners, by ids alone; cannot be changed',
    kept: 'always',
    untold: 'the community’s own record; what was done to a member is in the archive',
  },
  registration_bans: impersonal('from where no account can be made', 'until ended'),
  known_pictures: impersonal(
    'what removed pictures look like, by nobody’s name',
    'until the removal is taken back',
  ),
  judged_pictures: {
    holds: 'what followed of the score of a picture, and whose it is',
    kept: 'until the member’s account is deleted',
    untold: 'the scores and what was done are in the archive',
  },
  spam_scores: {
    holds: 'what a text was held for as spam, and whose it is',
    kept: 'until the member’s account is deleted',
    untold: 'it would tell how to write around it',
  },
  spam_models: impersonal(
    'how much which words and habits speak for spam, learned from what moderators decided',
    'ten versions',
  ),
  recognised_pictures: impersonal('which things look like a removed picture', RECORD),
  blocked_words: impersonal('words that the community keeps out', 'until taken back'),
}

export const moderationData = (db: Db): PersonalData => ({
  tables,
  sections: [
    rowsSection(db, {
      file: 'reports',
      about: 'What you have reported',
      entry: {
        kind: Type.String(),
        subject_id: Type.String(),
        reason: Type.String(),
        note: Type.String(),
        open: Type.Boolean(),
        created_at: Timestamp,
      },
      select: (member) => sql`
        select report_id as key, kind, subject_id, reason, note, is_open as open, created_at
        from moderation_reports where reporter_id = ${member}`,
    }),
    rowsSection(db, {
      file: 'moderation',
      about: 'What moderators did with your account or with something of yours, and what you asked then',
      entry: {
        act: Type.String(),
        by_itself: Type.Boolean(),
        rule: Type.String(),
        message: Type.String(),
        about_kind: Type.String(),
        about_id: Type.String(),
        excerpt: Type.String(),
        created_at: Timestamp,
        ends_at: optional,
        lifted_at: optional,
        appeal: Nullable(Type.String()),
        appeal_state: Nullable(Type.String()),
        appeal_answer: Nullable(Type.String()),
        appealed_at: optional,
      },
      select: (member) => sql`
        select act_id as key, act, automatic as by_itself, rule, message, kind as about_kind, subject_id as about_id, excerpt, a.created_at,
          ends_at, lifted_at, p.text as appeal, p.state as appeal_state, p.answer as appeal_answer,
          p.created_at as appealed_at
        from moderation_acts a left join moderation_appeals p using (act_id) where a.member_id = ${member}`,
    }),
  ],
})
