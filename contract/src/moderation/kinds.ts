/** What can be reported. */
export const reportableKinds = ['member', 'post', 'comment', 'story', 'message', 'live'] as const
export type ReportableKind = (typeof reportableKinds)[number]

/** The rules of the place: why something is reported, and why moderators act. */
export const moderationRules = [
  'spam',
  'harassment',
  'hate',
  'violence',
  'nudity',
  'self_harm',
  'minors',
  'illegal',
  'impersonation',
  'other',
] as const
export type ModerationRule = (typeof moderationRules)[number]

/** What is done with a picture that looks like one that moderators removed. */
export const knownPictureChoices = ['off', 'report', 'refuse'] as const
export type KnownPictureChoice = (typeof knownPictureChoices)[number]

/** What moderators do: the first two with what was posted, the others with who did. */
export const moderatorActs = ['remove', 'mark_sensitive', 'warn', 'silence', 'suspend'] as const
export type ModeratorAct = (typeof moderatorActs)[number]

/** `hold`: taken from view by itself, until a moderator has looked. */
export const actKinds = [...moderatorActs, 'hold'] as const
export type ActKind = (typeof actKinds)[number]
