import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { type Client, createClient, type PostId } from '@tintype/contract'
import { captionOf, personOf } from './people.ts'
import type { Edges, Plan } from './plan.ts'

const PASSWORD = 'silver under a red light'

/** A member of the plan at the front door. */
interface Caller {
  api: Client
  upload(bytes: Buffer): Promise<PostId>
}

/**
 * Makes the plan's community by calls alone, in the order a real one would come about, on a server that is empty. Answers every
 * member's calls and the number of every post. Likes and comments are left out: the order of a feed by time does not know them.
 */
export async function fillThroughApi(
  url: string,
  plan: Plan,
  picture: Buffer,
): Promise<{ members: Client[]; numberOf: Map<string, number> }> {
  const callers: Caller[] = []
  for (let n = 0; n < plan.size.members; n++) callers.push(await join(url, n, plan.isPrivate[n] === 1))
  const api = (n: number) => (callers[n] as Caller).api
  await eachEdge(plan.follows, async (a, b) => {
    await api(a).graph.follow({ params: { username: personOf(b).username } })
    if (plan.isPrivate[b] === 1)
      await api(b).graph.acceptRequest({ params: { username: personOf(a).username } })
  })
  await eachEdge(plan.blocks, (a, b) => api(a).graph.block({ params: { username: personOf(b).username } }))
  await eachEdge(plan.mutes, (a, b) => api(a).graph.mute({ params: { username: personOf(b).username } }))
  for (let n = 0; n < plan.size.members; n++) if (plan.isActive[n] === 1) await api(n).feed.home({})
  const numberOf = new Map<string, number>()
  for (let post = 0; post < plan.size.posts; post++) {
    const author = callers[plan.authors[post] as number] as Caller
    const post_id = await author.upload(picture)
    await author.api.posts.edit({ params: { post_id }, body: { caption: captionOf(post) } })
    await untilPublished(author.api, post_id)
    numberOf.set(post_id, post)
  }
  return { members: callers.map((caller) => caller.api), numberOf }
}

async function join(url: string, n: number, isPrivate: boolean): Promise<Caller> {
  const { username, full_name } = personOf(n)
  const body = { username, full_name, email: `member${n}@bench.example`, password: PASSWORD }
  const { access_token } = await createClient({ baseUrl: url }).accounts.register({ body })
  const headers = { authorization: `Bearer ${access_token}` }
  const api = createClient({ baseUrl: url, headers: () => headers })
  if (isPrivate) await api.members.update({ body: { privacy_level: 'private' } })
  const upload = async (bytes: Buffer): Promise<PostId> => {
    const sha256 = createHash('sha256').update(bytes).digest('hex')
    const files = [{ content_type: 'image/jpeg', size: bytes.length, sha256 }]
    const { uploads } = await api.media.requestUploads({ body: { files } })
    for (const ticket of uploads) {
      const { method, headers: asked } = ticket
      const answer = await fetch(new URL(ticket.url, url), {
        method,
        headers: asked,
        body: new Uint8Array(bytes),
      })
      if (!answer.ok) throw new Error(`an upload answered ${answer.status}`)
    }
    const upload_ids = uploads.map((ticket) => ticket.upload_id)
    return (await api.posts.confirm({ body: { upload_ids } })).post_id
  }
  return { api, upload }
}

async function eachEdge(edges: Edges, act: (from: number, to: number) => Promise<unknown>): Promise<void> {
  for (let i = 0; i < edges.from.length; i++) await act(edges.from[i] as number, edges.to[i] as number)
}

async function untilPublished(api: Client, post_id: PostId): Promise<void> {
  for (let tries = 0; tries < 3000; tries++) {
    const { status } = await api.posts.get({ params: { post_id } })
    if (status === 'published') return
    await pause(10)
  }
  throw new Error('a post did not become visible')
}
