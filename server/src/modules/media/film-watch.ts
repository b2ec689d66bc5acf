import { tellMember } from '../../kit/member-channel.ts'
import type { MediaDeps } from './deps.ts'
import type { FilmWatch } from './film-job.ts'
import type { RowOf } from './store.ts'
import * as store from './store.ts'

/** Milliseconds between two looks at whether it is still wanted, and two words to its owner. */
const LOOK_EVERY = 1000

/** What it was made for is gone: nothing went wrong. */
export class Unwanted extends Error {}

/** Tells the owner how far their film is, and ends the work when nobody waits for it any more. */
export function watchFilm(
  { db, broadcast, logger }: Pick<MediaDeps, 'db' | 'broadcast' | 'logger'>,
  row: RowOf<'video' | 'voice'>,
  stopping: AbortSignal,
): FilmWatch & Disposable {
  const { media_id, owner_id, state } = row
  const unwanted = new AbortController()
  let done = 0
  const look = async () => {
    const [now] = await store.readMedia(db.query, [media_id])
    if (now?.state !== state) unwanted.abort(new Unwanted(media_id))
    const subject = store.subjectOf(row)
    if (done === 0 || !subject) return
    const data = {
      media_id,
      subject_kind: subject.kind,
      subject_id: subject.id,
      done: Math.round(done * 100) / 100,
    }
    await tellMember(broadcast, owner_id, { type: 'media.progress', data })
  }
  // Passes by itself, or the work fails of it too.
  const timer = setInterval(
    () => look().catch((err: unknown) => logger.debug({ err }, 'no look')),
    LOOK_EVERY,
  )
  return {
    signal: AbortSignal.any([stopping, unwanted.signal]),
    progress: (now) => {
      done = Math.max(done, now)
    },
    [Symbol.dispose]: () => clearInterval(timer),
  }
}
