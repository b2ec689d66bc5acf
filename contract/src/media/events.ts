import { event } from '../core/events.ts'
import type { MediaId, PostId, UserId } from '../core/schema.ts'
import type { SubjectRef } from '../core/subject.ts'
import { memberSubject } from '../members/subjects.ts'
import type { ActId } from '../moderation/schemas.ts'
import { postSubject } from '../posts/subjects.ts'

/** Files that were attached to one thing together. */
interface Attached {
  media_ids: MediaId[]
  owner_id: UserId
  /** What they are attached to; read it with `attachedTo`. */
  subject?: SubjectRef
  /** Stood for it until there was `subject`: a post, or null for the owner's avatar. */
  post_id?: PostId | null
}

export const attachedTo = ({ subject, post_id, owner_id }: Attached): SubjectRef =>
  subject ?? (post_id ? postSubject(post_id) : memberSubject(owner_id))

const keyOf = (attached: Attached) => attachedTo(attached).id

export const mediaEvents = {
  /** Files await processing. */
  'media.uploaded': event<Attached>(keyOf),
  /** The same where films or recordings are among them: they take longer, and nothing else waits for them. */
  'media.film_uploaded': event<Attached>(keyOf),
  'media.ready': event<Attached>(keyOf),
  /** One of them looks like what moderators removed with that act; so many of 256 bits are different. */
  'media.recognised': event<Attached & { act_id: ActId; bits: number }>(keyOf),
  /** These were given scores of which one is high enough for something to follow. */
  'media.scored': event<Attached>(keyOf),
  /** `code` is of the error table. */
  'media.failed': event<Attached & { code: string }>(keyOf),
  /** Larger sizes and smaller files of what is shown already. `subject`: where what is said of it changes, so that it is said anew. */
  'media.refined': event<{ media_ids: MediaId[]; subject?: SubjectRef }>((e) => e.media_ids.join()),
  /** Nobody refers to these any more, and nobody is shown them. */
  'media.released': event<{ media_ids: MediaId[] }>((e) => e.media_ids.join()),
  /** They are attached to another thing from now on. */
  'media.moved': event<{ media_ids: MediaId[] }>((e) => e.media_ids.join()),
  /** The WebP renditions stand; the smaller AVIF may be made when there is time. */
  'media.avif_wanted': event<{ media_id: MediaId; owner_id: UserId }>((e) => e.media_id),
  /** A film is shown; its other sizes, its stills for seeking and its preview may be made when there is time. */
  'media.ladder_wanted': event<{ media_id: MediaId; owner_id: UserId }>((e) => e.media_id),
}
