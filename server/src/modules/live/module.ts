import type { LiveId, UserId } from '@tintype/contract'
import { bind } from '../../gateway/binding.ts'
import type { ModuleParts } from '../module.ts'
import { Announcing } from './announcing.ts'
import { Audience } from './audience.ts'
import { LiveComments } from './comments.ts'
import { liveConsumers } from './consumers.ts'
import { LiveCrew } from './crew.ts'
import { liveDelivery } from './delivery.ts'
import type { LiveDeps } from './deps.ts'
import { Feeds } from './feeds.ts'
import { liveHandlers } from './handlers.ts'
import { liveIntake } from './intake.ts'
import { Keys } from './keys.ts'
import { LiveLinks } from './links.ts'
import { Lives } from './lives.ts'
import { liveNotices } from './notices.ts'
import { eraseSomeOf } from './people-store.ts'
import { liveData } from './personal-store.ts'
import { LiveReader } from './reader.ts'
import { Recording } from './recording.ts'
import { Replays } from './replays.ts'
import { RtmpListener } from './rtmp/listener.ts'
import { LiveShow } from './show.ts'
import { liveSockets } from './sockets.ts'
import { liveKind } from './subjects.ts'
import { Upkeep } from './upkeep.ts'

const CHUNK = 1000

/** Live video: what a camera sees now, and what is said about it. */
export function liveModule(deps: LiveDeps): ModuleParts {
  const reader = new LiveReader(deps)
  const links = new LiveLinks(deps)
  const audience = new Audience(deps)
  const recording = new Recording(deps)
  const isFed = (id: LiveId) => feeds.of(id)?.hasBegun === true
  const show = new LiveShow({ ...deps, reader, links, audience, isFed })
  // What is fed here stands on lives, and ends with them.
  const close = (id: LiveId) => feeds.close(id)
  const lives = new Lives({ ...deps, reader, recording, close })
  const feeds: Feeds = new Feeds({ ...deps, reader, lives, recording })
  const built = { ...deps, reader, links, show, lives, recording }
  const comments = new LiveComments(built)
  const crew = new LiveCrew(built)
  const rtmp: RtmpListener | undefined =
    deps.live?.rtmp &&
    new RtmpListener({
      logger: deps.logger,
      ownerOf: (key) => keys.ownerOf(key),
      liveOf: (member) => reader.openEncoderOf(member),
      open: (id, terms) => feeds.open(id, terms),
    })
  const keys: Keys = new Keys({
    ...deps,
    rtmpUrl: () => (rtmp?.isListening ? deps.live?.rtmp?.url : undefined),
    drop: (member) => rtmp?.drop(member),
  })
  const replays = new Replays({ ...built, show: deps.show, close })
  const upkeep = new Upkeep(built)
  return {
    routes: bind('live', liveHandlers({ ...built, comments, crew, keys, replays, feeds })),
    async plugin(app) {
      await liveDelivery({ feeds, links, reader, audience })(app)
      await liveIntake({ feeds, links, reader })(app)
      const running = [feeds.start(), audience]
      if (rtmp && deps.live?.rtmp) await rtmp.listen(deps.live.rtmp)
      app.addHook('preClose', async () => {
        for (const one of running) one[Symbol.dispose]()
        await rtmp?.[Symbol.asyncDispose]()
        await recording.idle()
      })
    },
    consumers: liveConsumers(new Announcing(built), lives, deps.broadcast),
    notices: liveNotices(reader),
    subjects: [liveKind(built)],
    sockets: liveSockets({ ...deps, reader, show, audience }),
    async erase(member: UserId, signal: AbortSignal) {
      await lives.deleteAllOf(member, signal)
      while (await eraseSomeOf(deps.db.query, member, CHUNK)) signal.throwIfAborted()
    },
    rebuilds: [],
    personal: liveData(deps.db),
    schedules: [
      { name: 'live.unfed', everySeconds: 15, run: (signal) => lives.endUnfed(signal) },
      { name: 'live.recordings', everySeconds: 3600, run: (signal) => upkeep.dropPassed(signal) },
    ],
  }
}
