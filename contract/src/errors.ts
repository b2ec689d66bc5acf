import { accountErrors } from './accounts/errors.ts'
import { appErrors } from './apps/errors.ts'
import { archiveErrors } from './archives/errors.ts'
import { channelErrors } from './channels/errors.ts'
import { circleErrors } from './circles/errors.ts'
import { collaboratorErrors } from './collaborators/errors.ts'
import { collectionErrors } from './collections/errors.ts'
import { commentErrors } from './comments/errors.ts'
import { coreErrors } from './core/errors.ts'
import { together } from './core/together.ts'
import { factorErrors } from './factors/errors.ts'
import { feedErrors } from './feed/errors.ts'
import { graphErrors } from './graph/errors.ts'
import { linkErrors } from './links/errors.ts'
import { liveErrors } from './live/errors.ts'
import { mediaErrors } from './media/errors.ts'
import { conversationErrors } from './messages/errors.ts'
import { moderationErrors } from './moderation/errors.ts'
import { openIdErrors } from './openid/errors.ts'
import { postErrors } from './posts/errors.ts'
import { repostErrors } from './reposts/errors.ts'
import { scheduledErrors } from './scheduled/errors.ts'
import { securityErrors } from './security/errors.ts'
import { storyErrors } from './stories/errors.ts'

/**
 * Every error a client can receive. The code is for programs and never changes its meaning; the message is for
 * people and may. `status` is the HTTP status the API answers with. Details some codes carry: `validation_failed`
 * `{ fields: { <field>: <what is wrong with it, for people> } }`, `password_weak` `{ reason }`, `second_factor_required`
 * `{ challenge, methods, expires_in }` (for `accounts.finishLogin`), `openid_unknown` what `OpenIdUnknown` says, `account_suspended` what `SuspensionDetails` says, `challenge_required` what `ChallengeDetails` does, and whatever asks to wait
 * (`rate_limited`, `unavailable`, `conflict`) `{ retry_after }` in seconds, as in the `Retry-After` header.
 */
export const errors = together(coreErrors)
  .and(accountErrors)
  .and(factorErrors)
  .and(openIdErrors)
  .and(graphErrors)
  .and(circleErrors)
  .and(feedErrors)
  .and(mediaErrors)
  .and(postErrors)
  .and(scheduledErrors)
  .and(linkErrors)
  .and(collaboratorErrors)
  .and(commentErrors)
  .and(storyErrors)
  .and(liveErrors)
  .and(collectionErrors)
  .and(repostErrors)
  .and(conversationErrors)
  .and(moderationErrors)
  .and(securityErrors)
  .and(archiveErrors)
  .and(appErrors)
  .and(channelErrors).all

export type ErrorCode = keyof typeof errors
