import {
  Exact,
  type Id,
  idOf,
  MediaId,
  Nullable,
  type Static,
  Timestamp,
  Type,
  Written,
} from '../core/schema.ts'
import { limits } from '../limits.ts'
import { Media } from '../media/schemas.ts'
import { Role, UserSummary } from '../members/schemas.ts'
import {
  type ActKind as ActName,
  actKinds,
  type ReportableKind as Kind,
  type KnownPictureChoice,
  knownPictureChoices,
  type ModeratorAct,
  moderationRules,
  moderatorActs,
  type ModerationRule as Rule,
  reportableKinds,
} from './kinds.ts'

export type ActId = Id<'act'>
export const ActId = idOf<ActId>()
export type BanId = Id<'ban'>
export const BanId = idOf<BanId>()

export const ReportableKindSchema = Type.Unsafe<Kind>(
  Type.Union(reportableKinds.map((kind) => Type.Literal(kind))),
)

export const ModerationRuleSchema = Type.Unsafe<Rule>(
  Type.Union(moderationRules.map((rule) => Type.Literal(rule))),
)

export const ActKindSchema = Type.Unsafe<ActName>(Type.Union(actKinds.map((kind) => Type.Literal(kind))))

export const ModeratorActSchema = Type.Unsafe<ModeratorAct>(
  Type.Union(moderatorActs.map((kind) => Type.Literal(kind))),
)

const SubjectId = idOf<string>()
export const CaseParams = Exact({ kind: ReportableKindSchema, subject_id: SubjectId })

/** `partition`: of a comment its post, of a message its conversation; of all others themselves, or left out. */
export const ReportedThing = Exact({
  kind: ReportableKindSchema,
  id: SubjectId,
  partition: Type.Optional(SubjectId),
})

export const NewReport = Exact({
  ...ReportedThing.properties,
  reason: ModerationRuleSchema,
  note: Type.Optional(Written('lines', { max: limits.moderationNote })),
  /** Of a message: hand the moderators a copy of it, and of a few around it. Without it they see that it was reported, not what it says. */
  with_copy: Type.Optional(Type.Boolean()),
})

/** One message of the copy that a reporter handed over. */
export const CopiedMessage = Exact({
  sender: Nullable(UserSummary),
  text: Type.String(),
  /** Photographs and whatever else came along; they are not copied. */
  attachments: Type.Integer(),
  reported: Type.Boolean(),
  sent_at: Timestamp,
})
export type CopiedMessage = Static<typeof CopiedMessage>

/** Reports of one thing. */
export const ModerationCase = Exact({
  kind: ReportableKindSchema,
  subject_id: SubjectId,
  /** Whose it is; null: they have left. */
  member: Nullable(UserSummary),
  state: Type.Union([Type.Literal('open'), Type.Literal('closed')]),
  /** Of the reports that are open, or of all once none is. */
  reports_count: Type.Integer(),
  reasons: Type.Array(Exact({ reason: ModerationRuleSchema, count: Type.Integer() })),
  assignee: Nullable(UserSummary),
  /** As it was when it was last reported. */
  excerpt: Type.String(),
  thumbnail: Nullable(Type.String()),
  last_reported_at: Timestamp,
})
export type ModerationCase = Static<typeof ModerationCase>

export const Report = Exact({
  /** Null: they have left, or nobody: it was recognised. */
  reporter: Nullable(UserSummary),
  /** Nobody reported it: a picture of it looks like one that was removed, or was scored. */
  automatic: Type.Boolean(),
  reason: ModerationRuleSchema,
  note: Type.String(),
  is_open: Type.Boolean(),
  copy: Type.Array(CopiedMessage),
  created_at: Timestamp,
})

export const AppealState = Type.Union([
  Type.Literal('open'),
  Type.Literal('granted'),
  Type.Literal('refused'),
])

export const Appeal = Exact({
  text: Type.String(),
  state: AppealState,
  /** What the moderators said to it. */
  answer: Type.String(),
  created_at: Timestamp,
  decided_at: Nullable(Timestamp),
})

const actParts = {
  act_id: ActId,
  act: ActKindSchema,
  rule: ModerationRuleSchema,
  /** Done by itself, as the community has set: nobody had looked. */
  automatic: Type.Boolean(),
  /** What the moderators say to the member. */
  message: Type.String(),
  /** What it is about, as it was then. */
  kind: ReportableKindSchema,
  subject_id: SubjectId,
  excerpt: Type.String(),
  created_at: Timestamp,
  /** When it ends by itself. */
  ends_at: Nullable(Timestamp),
  /** When it was taken back, or ended. */
  lifted_at: Nullable(Timestamp),
  appeal: Nullable(Appeal),
}
/** An act as its member is told of it. Who acted they are not told. */
export const OwnAct = Exact({ ...actParts, may_appeal: Type.Boolean() })
export type OwnAct = Static<typeof OwnAct>

export const ModerationAct = Exact({
  ...actParts,
  member: Nullable(UserSummary),
  moderator: Nullable(UserSummary),
  /** For moderators alone. */
  note: Type.String(),
})
export type ModerationAct = Static<typeof ModerationAct>

/** How often the rules were broken, and what would follow. Never more than a hint: people decide. */
export const Strikes = Exact({
  /** Acts within `days` that stand. */
  count: Type.Integer(),
  days: Type.Integer(),
  suggested: ModeratorActSchema,
  /** From how many on silence and suspension are suggested. */
  silence_from: Type.Integer(),
  suspend_from: Type.Integer(),
})
export type Strikes = Static<typeof Strikes>

export const ModeratedMember = Exact({
  user: UserSummary,
  role: Role,
  silenced: Type.Boolean(),
  suspended: Type.Boolean(),
  suspended_until: Nullable(Timestamp),
  joined_at: Timestamp,
})
export type ModeratedMember = Static<typeof ModeratedMember>

export const MemberHistory = Exact({
  ...ModeratedMember.properties,
  strikes: Strikes,
  acts: Type.Array(ModerationAct),
  /** Things of theirs that were reported, newest first. */
  cases: Type.Array(ModerationCase),
})
export type MemberHistory = Static<typeof MemberHistory>

const share = Type.Number({ minimum: 0, maximum: 1 })
/** How sure a program is that a picture shows what. The shares add up to 1. */
export const PictureScore = Exact({
  media_id: MediaId,
  /** 0 to 100, what the community's thresholds are held against: `porn` and `hentai` together. */
  score: Type.Integer({ minimum: 0, maximum: 100 }),
  /** As its makers name what it tells apart: drawings, sexual drawings, everything else, sexual photographs, and those that suggest. */
  shares: Exact({ drawing: share, hentai: share, neutral: share, porn: share, sexy: share }),
  /** Of a film: where the frame stands that decided, in milliseconds. */
  at_ms: Nullable(Type.Integer()),
  /** Which program, so that scores can be told apart when there is a newer one. */
  model: Type.String(),
})
export type PictureScore = Static<typeof PictureScore>

/** One case with all that is known of it. */
export const WholeCase = Exact({
  ...ModerationCase.properties,
  /** As it is now; null: gone, or between others. */
  now: Nullable(
    Exact({
      text: Type.String(),
      media: Type.Array(Media),
      address: Type.String(),
      sensitive: Type.Boolean(),
      removed: Type.Boolean(),
    }),
  ),
  reports: Type.Array(Report),
  /** What was removed that a picture of it looks like, the most like it first. */
  alike: Type.Array(
    Exact({
      kind: ReportableKindSchema,
      subject_id: SubjectId,
      rule: ModerationRuleSchema,
      removed_at: Timestamp,
      /** Null: it was deleted for good since. */
      thumbnail: Nullable(Type.String()),
    }),
  ),
  /** What a program takes its pictures for; those that were looked at, the surest first. */
  scores: Type.Array(PictureScore),
  /** What it was held for as spam; null: it was not. */
  spam: Nullable(
    Exact({
      score: Type.Integer(),
      /** Of what has been learned; 0: as it ships. */
      version: Type.Integer(),
      /** What spoke for it, in log odds, the strongest first: what was counted, or `term:` and what was said; `terms` in messages. */
      reasons: Type.Array(Exact({ what: Type.String(), weight: Type.Number() })),
    }),
  ),
  acts: Type.Array(ModerationAct),
  /** Null where they have left. */
  strikes: Nullable(Strikes),
  /** What can be done here. */
  possible: Type.Array(ModeratorActSchema),
})
export type WholeCase = Static<typeof WholeCase>

export const NewAct = Exact({
  act: ModeratorActSchema,
  rule: ModerationRuleSchema,
  message: Type.Optional(Written('lines', { max: limits.moderationNote })),
  note: Type.Optional(Written('lines', { max: limits.moderationNote })),
  /** Of a silence or suspension: when it ends by itself; until it is lifted unless given. */
  days: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650 })),
})

export const AccountStatus = Exact({
  silenced: Type.Boolean(),
  /** Acts within `strike_days` that stand. */
  strikes: Type.Integer(),
  strike_days: Type.Integer(),
  acts: Type.Array(OwnAct),
})
export type AccountStatus = Static<typeof AccountStatus>

export const AppealText = Written('lines', { min: 1, max: limits.moderationNote })

/** Said in `details` of `account_suspended` to who proved that the account is theirs. */
export interface SuspensionDetails {
  until: string | null
  rule: Rule
  message: string
  appeal: 'possible' | Static<typeof AppealState>
  /** For `accounts.appeal`, where it is possible. */
  ticket: string
}

export const AuditEntry = Exact({
  seq: Type.Integer(),
  at: Timestamp,
  /** Null: nobody, time did; or they have left. */
  actor: Nullable(UserSummary),
  action: Type.String(),
  /** Whom it concerns. */
  member: Nullable(UserSummary),
  kind: Nullable(Type.String()),
  subject_id: Nullable(Type.String()),
  why: Type.String(),
  hash: Type.String(),
})
export type AuditEntry = Static<typeof AuditEntry>

const Counted = Exact({ name: Type.String(), count: Type.Integer() })
export const Transparency = Exact({
  /** Of the last year, by reason. */
  reports: Type.Array(Counted),
  acts: Type.Array(Counted),
  appeals: Type.Array(Counted),
  since: Timestamp,
})
export type Transparency = Static<typeof Transparency>

export const AnswerTemplate = Exact({
  title: Written('line', { min: 1, max: 80 }),
  text: Written('lines', { min: 1, max: limits.moderationNote }),
})
export type AnswerTemplate = Static<typeof AnswerTemplate>

/** Below half a program is not sure of anything. */
const Threshold = Type.Integer({ minimum: 50, maximum: 100 })

export const ModerationSettings = Exact({
  /** Acts count as strikes for so long. */
  strike_days: Type.Integer({ minimum: 1, maximum: 3650 }),
  silence_from: Type.Integer({ minimum: 1, maximum: 100 }),
  suspend_from: Type.Integer({ minimum: 1, maximum: 100 }),
  /** What was removed can be given back for so long; then it is deleted. */
  retention_days: Type.Integer({ minimum: 1, maximum: 3650 }),
  /** Pictures that look like removed ones: nothing, a report of its own, or they are not taken. */
  known_pictures: Type.Unsafe<KnownPictureChoice>(
    Type.Union(knownPictureChoices.map((choice) => Type.Literal(choice))),
  ),
  /** From which score on a picture is covered, comes before moderators, or is kept from view until one has looked; null: never. */
  score_mark: Nullable(Threshold),
  score_queue: Nullable(Threshold),
  score_hold: Nullable(Threshold),
  /** From which score on a comment or message of a stranger is held as spam, or comes before moderators too; null: never. */
  spam_hold: Nullable(Threshold),
  spam_queue: Nullable(Threshold),
})
export type ModerationSettings = Static<typeof ModerationSettings>

export const RegistrationBan = Exact({
  ban_id: BanId,
  kind: Type.Union([Type.Literal('email_domain'), Type.Literal('ip_range')]),
  value: Type.String(),
  note: Type.String(),
  created_at: Timestamp,
  expires_at: Nullable(Timestamp),
})
export type RegistrationBan = Static<typeof RegistrationBan>

export const BlockedWord = Exact({
  word: Written('line', { min: 1, max: limits.filteredWord }),
  /** `refuse`: nothing with it is taken. `hold`: a comment with it waits until the post's author approves it; captions and names, which nobody looks at before, are refused. */
  action: Type.Union([Type.Literal('hold'), Type.Literal('refuse')]),
})
export type BlockedWord = Static<typeof BlockedWord>

export const MemberQuery = Exact({
  q: Type.Optional(Type.String({ maxLength: 64 })),
  only: Type.Optional(
    Type.Union([Type.Literal('staff'), Type.Literal('silenced'), Type.Literal('suspended')]),
  ),
})
