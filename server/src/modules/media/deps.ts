import type { ActId, LinkId, SubjectRef, UserId } from '@tintype/contract'
import type { Broadcast } from '../../engines/broadcast/port.ts'
import type { Cache } from '../../engines/cache/port.ts'
import type { Db } from '../../engines/db/port.ts'
import type { ObjectStore } from '../../engines/object-store/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import type { Clock } from '../../kit/clock.ts'
import type { Logger } from '../../kit/logger.ts'
import type { Subjects } from '../subject.ts'
import type { ImagingPools } from './imaging/pools.ts'
import type { VideoLimits } from './video/support.ts'

export interface MediaDeps {
  db: Db
  cache: Cache
  outbox: Pick<Outbox, 'append' | 'act'>
  objectStore: ObjectStore
  broadcast: Pick<Broadcast, 'publish'>
  members: {
    /** Deleted members are absent. */
    privacyFlags(ids: readonly UserId[]): Promise<Map<UserId, { is_private: boolean; media_epoch: number }>>
  }
  /** What media are attached to, and who may see it. */
  subjects: Pick<Subjects, 'mediaAccess' | 'mediaUntil' | 'moderated' | 'visible' | 'withMedia'>
  /** Whether a private link opens what it leads to, and that is this. */
  sharing: { opens(linkId: LinkId, subject: SubjectRef): Promise<boolean> }
  /** Rejects with `words_refused`. */
  words: { assertFree(text: string): Promise<void> }
  /** Pictures that moderators removed: the act, and of 256 bits how many are different. */
  knownPictures: {
    recognise(
      hashes: readonly string[],
    ): Promise<{ act_id: ActId; bits: number; isRefused: boolean } | undefined>
  }
  /** From which score on something follows; undefined: no picture is scored. */
  thresholds: { lowest(): Promise<number | undefined> }
  clock: Clock
  logger: Logger
  /** Signs media links. */
  secret: string
  imaging: Pick<ImagingPools, 'first' | 'later' | 'scorer'>
  /** Pictures that are decoded at once. */
  mediaThreads: number
  /** Films that are taken; undefined where none are, or none can be made here. */
  video: VideoLimits | undefined
  /** Films encoded at once, and threads that each takes. */
  videoProcesses: number
  videoThreads: number
  /** Seconds a picture's row stays cached. */
  mediaTtl: number
}
