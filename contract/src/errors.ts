import { accountErrors } from './accounts/errors.ts'
import { channelErrors } from './channels/errors.ts'
import { collectionErrors } from './collections/errors.ts'
import { commentErrors } from './comments/errors.ts'
import { coreErrors } from './core/errors.ts'
import { together } from './core/together.ts'
import { graphErrors } from './graph/errors.ts'
import { mediaErrors } from './media/errors.ts'
import { conversationErrors } from './messages/errors.ts'
import { postErrors } from './posts/errors.ts'
import { storyErrors } from './stories/errors.ts'

/**
 * Every error a client can receive. The code is for programs and never changes its meaning; the message is for
 * people and may. `status` is the HTTP status the API answers with. Details some codes carry: `validation_failed`
 * `{ fields: { <field>: <what is wrong with it, for people> } }`, `password_weak` `{ reason }`, and whatever asks to wait
 * (`rate_limited`, `unavailable`, `conflict`) `{ retry_after }` in seconds, as in the `Retry-After` header.
 */
export const errors = together(coreErrors)
  .and(accountErrors)
  .and(graphErrors)
  .and(mediaErrors)
  .and(postErrors)
  .and(commentErrors)
  .and(storyErrors)
  .and(collectionErrors)
  .and(conversationErrors)
  .and(channelErrors).all

export type ErrorCode = keyof typeof errors

/** Thrown by the typed client and by the server's services: a code of the table, with optional machine-readable details. */
export class TintypeError extends Error {
  readonly code: ErrorCode
  readonly details: Record<string, unknown> | undefined
  /** Set on the client's side: quote it when reporting a problem. */
  readonly requestId: string | undefined

  constructor(
    code: ErrorCode,
    options: {
      message?: string
      details?: Record<string, unknown>
      cause?: unknown
      requestId?: string
    } = {},
  ) {
    super(options.message ?? errors[code].message, { cause: options.cause })
    this.name = 'TintypeError'
    this.code = code
    this.details = options.details
    this.requestId = options.requestId
  }

  get status(): number {
    return errors[this.code].status
  }
}
