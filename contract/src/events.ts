import { accountEvents } from './accounts/events.ts'
import { announcementEvents } from './announcements/events.ts'
import { appEvents } from './apps/events.ts'
import { archiveEvents } from './archives/events.ts'
import { channelEvents } from './channels/events.ts'
import { circleEvents } from './circles/events.ts'
import { collaboratorEvents } from './collaborators/events.ts'
import { collectionEvents } from './collections/events.ts'
import { commentEvents } from './comments/events.ts'
import type { EventSpec } from './core/events.ts'
import { together } from './core/together.ts'
import { engagementEvents } from './engagement/events.ts'
import { factorEvents } from './factors/events.ts'
import { feedEvents } from './feed/events.ts'
import { graphEvents } from './graph/events.ts'
import { liveEvents } from './live/events.ts'
import { mediaEvents } from './media/events.ts'
import { memberEvents } from './members/events.ts'
import { conversationEvents } from './messages/events.ts'
import { moderationEvents } from './moderation/events.ts'
import { notificationEvents } from './notifications/events.ts'
import { postEvents } from './posts/events.ts'
import { repostEvents } from './reposts/events.ts'
import { scheduledEvents } from './scheduled/events.ts'
import { securityEvents } from './security/events.ts'
import { storyEvents } from './stories/events.ts'

/**
 * Facts, past tense, written in the transaction that makes them true. Payloads are ids (and what cannot be read
 * back once the rows are gone); fields are only ever added. Consumers may see a fact twice.
 */
export const events = together(accountEvents)
  .and(factorEvents)
  .and(announcementEvents)
  .and(memberEvents)
  .and(graphEvents)
  .and(circleEvents)
  .and(mediaEvents)
  .and(postEvents)
  .and(scheduledEvents)
  .and(collaboratorEvents)
  .and(engagementEvents)
  .and(commentEvents)
  .and(feedEvents)
  .and(storyEvents)
  .and(liveEvents)
  .and(collectionEvents)
  .and(repostEvents)
  .and(conversationEvents)
  .and(notificationEvents)
  .and(moderationEvents)
  .and(securityEvents)
  .and(archiveEvents)
  .and(appEvents)
  .and(channelEvents).all

type Specs = typeof events
/** Payloads by type. */
export type Events = { [T in keyof Specs]: Specs[T] extends EventSpec<infer Payload> ? Payload : never }
export type EventType = keyof Events
