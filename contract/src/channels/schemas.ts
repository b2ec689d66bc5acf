import { Exact, Nullable, type Static, Timestamp, Type } from '../core/schema.ts'
import { DailyReminder } from '../members/schemas.ts'

/** Days for which quiet mode is turned on at most. */
export const QUIET_DAYS = 28

/** What members choose about, whatever the single thing that happened. */
export const noticeKinds = [
  'message',
  'comment',
  'mention',
  'like',
  'follow',
  'story',
  'live',
  'community',
] as const
export type NoticeKind = (typeof noticeKinds)[number]

const Ways = Exact({
  push: Type.Boolean(),
  /** In the daily mail; messages are in none. */
  email: Type.Boolean(),
})
export type NoticeWays = Static<typeof Ways>

const byKind = Object.fromEntries(noticeKinds.map((kind) => [kind, Ways])) as Record<NoticeKind, typeof Ways>
const someByKind = Object.fromEntries(
  noticeKinds.map((kind) => [kind, Type.Optional(Ways)]),
) as unknown as Record<NoticeKind, ReturnType<typeof Type.Optional<typeof Ways>>>

const TimeOfDay = Type.String({ pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$', description: '`22:30`' })
const TimeZone = Type.String({ minLength: 1, maxLength: 64, description: 'IANA name, `Europe/Lisbon`' })

const Days = Type.Array(Type.Integer({ minimum: 1, maximum: 7 }), {
  maxItems: 7,
  uniqueItems: true,
  description: '1: Monday; the days on which they begin',
})
const hours = { enabled: Type.Boolean(), from: TimeOfDay, to: TimeOfDay }
/** Quiet mode by the week: within these hours of the member's day. `from` may be later than `to`: over midnight. */
export const QuietHours = Exact({ ...hours, days: Days })
export type QuietHours = Static<typeof QuietHours>

export const NoticePreferences = Exact({
  kinds: Exact(byKind),
  /** The daily mail as a whole. */
  digest: Type.Boolean(),
  quiet_hours: QuietHours,
  /** Quiet mode is on until then, whatever the hours say; null, or past: it is not. */
  quiet_until: Nullable(Timestamp),
  /** Whether those who write to the member see that they are in quiet mode. */
  quiet_shown: Type.Boolean(),
  /** Minutes of a day on a device after which it reminds the member of the time; null: it does not. */
  daily_reminder: Nullable(DailyReminder),
  time_zone: TimeZone,
})
export type NoticePreferences = Static<typeof NoticePreferences>

/** Fields left out stay. */
export const NoticePreferenceChanges = Exact({
  kinds: Type.Optional(Exact(someByKind)),
  digest: Type.Optional(Type.Boolean()),
  /** Every day, unless said. */
  quiet_hours: Type.Optional(Exact({ ...hours, days: Type.Optional(Days) })),
  quiet_until: Type.Optional(Nullable(Timestamp)),
  quiet_shown: Type.Optional(Type.Boolean()),
  daily_reminder: Type.Optional(Nullable(DailyReminder)),
  time_zone: Type.Optional(TimeZone),
})

const Base64Url = (max: number) => Type.String({ pattern: '^[A-Za-z0-9_-]+={0,2}$', maxLength: max })

/** As a browser's `PushSubscription` gives it; or the token of an app. */
export const PushSubscription = Type.Union([
  Exact({
    endpoint: Type.String({ minLength: 1, maxLength: 2000 }),
    keys: Exact({ p256dh: Base64Url(120), auth: Base64Url(40) }),
  }),
  Exact({
    service: Type.Union([Type.Literal('fcm'), Type.Literal('apns')]),
    token: Type.String({ minLength: 1, maxLength: 4096 }),
  }),
])
export type PushSubscription = Static<typeof PushSubscription>

export const WrittenMail = Exact({
  mail_id: Type.String(),
  to: Type.String(),
  subject: Type.String(),
  text: Type.String(),
  created_at: Timestamp,
})
export type WrittenMail = Static<typeof WrittenMail>

/** Who delivers this community's mails; where nobody does, the mails that were written. */
export const MailOutbox = Exact({
  delivered_by: Nullable(Type.String()),
  mails: Type.Array(WrittenMail),
})
export type MailOutbox = Static<typeof MailOutbox>
