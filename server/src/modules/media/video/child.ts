/** The process that works on films and sounds. Started by video-process.ts. */
import { serveTasks } from '../decoder-child.ts'
import { assemble } from './assemble.ts'
import { encode } from './encode.ts'
import { join } from './join.ts'
import { openSource, probe } from './open.ts'
import { encodeSound } from './sound.ts'
import { makePoster, makeStrip } from './stills.ts'
import type { VideoNews, VideoResult, VideoTask } from './video-process.ts'

/** Milliseconds between two signs of life. */
const TELL_EVERY = 250

serveTasks<VideoTask, VideoResult, VideoNews>((task, tell) => work(task, tell))

function work(task: VideoTask, tell: (news: VideoNews) => void): Promise<VideoResult> {
  let last = 0
  const isDue = () => {
    const now = performance.now()
    if (now - last < TELL_EVERY) return false
    last = now
    return true
  }
  const tick = () => {
    if (isDue()) tell({ seconds: undefined })
  }
  if (task.do === 'probe') return probed(task)
  if (task.do === 'sound') return encodeSound(task, tick)
  if (task.do === 'assemble') return assemble(task, tick)
  if (task.do === 'join') return join(task, tick).then(() => undefined)
  if (task.do === 'poster') return makePoster(task, tick).then(() => undefined)
  if (task.do === 'strip') return makeStrip(task, tick).then(() => undefined)
  return encode(task, {
    progress: (seconds) => {
      if (isDue()) tell({ seconds })
    },
    piece: (piece) => tell({ piece }),
  })
}

async function probed({ source }: VideoTask & { do: 'probe' }) {
  await using demuxer = await openSource(source)
  return probe(demuxer)
}
