import { setTimeout as pause } from 'node:timers/promises'
import { newId } from '@tintype/server/kit/ids'
import type { Ask } from '../load/job.ts'
import { LoadSocket, openSockets } from '../load/sockets.ts'
import { untilQuiet } from '../servers/quiet.ts'
import { only, type Stage } from '../stage.ts'
import { Targets } from './targets.ts'
import type { Viewer } from './viewers.ts'
import { spreadOfWaits } from './waits.ts'

const W = 'realtime'
const LIKES_PER_SECOND = 500

/** Open sockets and what they cost; how soon a like is seen by who has the post open, and by many at once. */
export async function realtime(stage: Stage): Promise<void> {
  // A small data set has few members, who then have many apps open each.
  await stage.restart({ RATE_LIMIT_MULTIPLIER: '0', SOCKETS_PER_MEMBER: '1000' })
  const viewers = stage.viewers.some('ordinary', 500)
  await measureOpen(stage, viewers)
  await stage.runs(async (run) => {
    await measureLikes(stage, viewers, run)
    await measureOne(stage, viewers)
  })
}

/** Resident memory of the server's processes, without the database's. */
const residentOf = ({ tintype }: Stage): number => tintype.usage().memory.node ?? 0

async function measureOpen(stage: Stage, viewers: readonly Viewer[]): Promise<void> {
  const wanted = stage.options.quick ? 200 : 10_000
  const tokens = Array.from({ length: wanted }, (_, at) => viewers[at % viewers.length]?.token ?? '')
  // The first ones compile what serves them.
  for (const socket of await openSockets(stage.tintype, tokens.slice(0, 100))) socket.close()
  await pause(1000)
  const before = residentOf(stage)
  const began = performance.now()
  const sockets = await openSockets(stage.tintype, tokens)
  const seconds = (performance.now() - began) / 1000
  await pause(stage.options.quick ? 500 : 5000)
  const bytes = residentOf(stage) - before
  stage.figures.add(W, 'open sockets', {
    sockets: wanted,
    'opened/s': wanted / seconds,
    'KB each': bytes / wanted / 1024,
    'MB of the process': residentOf(stage) / 2 ** 20,
  })
  stage.tell(`  open sockets: ${wanted}, ${(bytes / wanted / 1024).toFixed(1)} KB each`)
  for (const socket of sockets) socket.close()
  await untilQuiet(stage.tintype)
}

/** Likes over many posts, each of which somebody has open: from the request until its count is there. */
async function measureLikes(stage: Stage, viewers: readonly Viewer[], run: number): Promise<void> {
  const { seconds, warmupSeconds } = stage.options
  const targets = new Targets(stage.plan, viewers, `realtime/${run}/${newId()}`)
  const posts = targets.some(LIKES_PER_SECOND * (seconds + warmupSeconds))
  const opened = [...new Set(posts.map(({ post_id }) => post_id))].slice(0, 50)
  const [watcher] = viewers
  if (!watcher) return
  const waits: number[] = []
  const begun = new Map<string, number>()
  const socket = await LoadSocket.open(stage.tintype, watcher.token, ({ type, data }) => {
    const id = String(data.post_id)
    const began = begun.get(id)
    if (type !== 'post.counted' || began === undefined) return
    waits.push(performance.now() - began)
    begun.delete(id)
  })
  for (const id of opened) socket.say({ type: 'subscribe', data: { topic: `post:${id}` } })
  await pause(500)
  const likes = posts.map(({ viewer, post_id }): Ask => {
    return { method: 'POST', path: `/api/v1/posts/${post_id}/like`, token: viewer.token }
  })
  const load = stage.measure(
    W,
    'likes, 500/s',
    only('like', likes, { kind: 'object', keys: ['liked'] }, 'once'),
    {
      connections: 16,
      rate: LIKES_PER_SECOND,
    },
  )
  const probe = probeLikes(stage, opened, viewers, begun)
  await load
  probe.stop()
  await pause(500)
  socket.close()
  stage.figures.add(W, 'like to socket, at 500 likes/s', { ...spreadOfWaits(waits), 'not seen': begun.size })
}

/** Beside the load, likes and unlikes whose begin is known, ten a second. */
function probeLikes(
  stage: Stage,
  posts: readonly string[],
  viewers: readonly Viewer[],
  begun: Map<string, number>,
): { stop(): void } {
  let at = 0
  const timer = setInterval(() => {
    const post_id = posts[at % posts.length]
    const viewer = viewers[(7 * at++) % viewers.length]
    if (!post_id || !viewer || begun.has(post_id)) return
    const path = `/api/v1/posts/${post_id}/like`
    const began = performance.now()
    begun.set(post_id, began)
    const undo = () => stage.ask({ method: 'DELETE', path, token: viewer.token })
    stage
      .ask({ method: 'POST', path, token: viewer.token })
      .then(undo)
      .catch(() => begun.delete(post_id))
  }, 100)
  return { stop: () => clearInterval(timer) }
}

/** Many have one post open: from a like until the last of them has its count. */
async function measureOne(stage: Stage, viewers: readonly Viewer[]): Promise<void> {
  const [target] = new Targets(stage.plan, viewers, `realtime/one/${newId()}`).some(1)
  if (!target) return
  const watching = viewers.slice(0, stage.options.quick ? 50 : 500)
  let heard = 0
  const sockets = await openSockets(
    stage.tintype,
    watching.map(({ token }) => token),
    ({ type }) => {
      if (type === 'post.counted') heard++
    },
  )
  for (const socket of sockets) socket.say({ type: 'subscribe', data: { topic: `post:${target.post_id}` } })
  await pause(1000)
  const path = `/api/v1/posts/${target.post_id}/like`
  const waits: number[] = []
  for (let n = 0; n < 10; n++) {
    heard = 0
    const began = performance.now()
    const method = n % 2 === 0 ? ('POST' as const) : ('DELETE' as const)
    await stage.ask({ method, path, token: target.viewer.token })
    while (heard < sockets.length && performance.now() - began < 5000) await pause(1)
    waits.push(performance.now() - began)
    await pause(200)
  }
  for (const socket of sockets) socket.close()
  stage.figures.add(W, 'like to all who have the post open', {
    ...spreadOfWaits(waits),
    sockets: sockets.length,
  })
}
