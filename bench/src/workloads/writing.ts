import { newId } from '@tintype/server/kit/ids'
import type { Ask, Traffic } from '../load/job.ts'
import { untilQuiet } from '../servers/quiet.ts'
import { prepareReferenceLikes } from '../servers/references.ts'
import { only, type Stage } from '../stage.ts'
import { measureInsert } from './insert.ts'
import { asksToPost } from './mix.ts'
import { Targets } from './targets.ts'
import type { Viewer } from './viewers.ts'

const W = 'writing, acknowledged'
const PER_SECOND = 8000

/** (4) Like, comment, follow and post from uploaded media, until acknowledged; what follows from each goes on beside it. */
export async function writing(stage: Stage): Promise<void> {
  const viewers = stage.viewers.some('ordinary', 500)
  const { seconds, warmupSeconds } = stage.options
  await prepareReferenceLikes(stage.sql)
  await stage.runs(async (run) => {
    const targets = new Targets(stage.plan, viewers, `writing/${run}/${newId()}`)
    const many = PER_SECOND * (seconds + warmupSeconds)
    const posts = targets.some(many)
    const likes = posts.map(({ viewer, post_id }): Ask => {
      return { method: 'POST', path: `/api/v1/posts/${post_id}/like`, token: viewer.token }
    })
    await once(stage, 'like', likes, ['liked', 'likes_count'])
    const comments = posts.map(({ viewer, post_id }): Ask => {
      const path = `/api/v1/posts/${post_id}/comments`
      return { method: 'POST', path, token: viewer.token, body: { text: 'What a light.' } }
    })
    await once(stage, 'comment', comments, ['comment_id', 'user'])
    const follows = targets.strangers(Math.min(many, 20_000)).map(({ viewer, username }): Ask => {
      return { method: 'POST', path: `/api/v1/users/${username}/follow`, token: viewer.token }
    })
    await once(stage, 'follow', follows, ['following'])
    await measurePosts(stage, viewers)
    await measureInsert(stage, W, many)
  })
}

async function once(stage: Stage, name: string, asks: readonly Ask[], keys: string[]): Promise<void> {
  const traffic: Traffic[] = only(name, asks, { kind: 'object', keys }, 'once')
  await stage.measure(W, `${name}, 16 connections`, traffic, { connections: 16 })
  await untilQuiet(stage.tintype)
}

/**
 * Photographs that have arrived become posts. All are copies of one small picture, whose renditions are made once: what a post costs until
 * it is acknowledged is measured here, and what pictures cost in the workload for media.
 */
async function measurePosts(stage: Stage, viewers: readonly Viewer[]): Promise<void> {
  const { quick, seconds, runs } = stage.options
  // What one run does not use waits, and a member may have 60 uploads waiting.
  const wanted = Math.min(quick ? 300 : 1500 * seconds, Math.floor(60 / runs) * viewers.length)
  const asks = await asksToPost(stage, viewers, wanted)
  const traffic = only('post', asks, { kind: 'object', keys: ['post_id', 'status', 'viewer'] }, 'once')
  await stage.measure(W, 'post, 16 connections', traffic, { connections: 16, warmupSeconds: 0 })
  await untilQuiet(stage.tintype)
}
