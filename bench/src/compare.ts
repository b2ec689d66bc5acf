import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { type Client, createClient } from '@tintype/contract'
import { ensureDataset } from './dataset/build.ts'
import { planOf } from './dataset/plan.ts'
import { postIdOf } from './dataset/rows.ts'
import { sizes } from './dataset/sizes.ts'
import { fillThroughApi } from './dataset/through-api.ts'
import { untilQuiet } from './servers/quiet.ts'
import { secretOf, startTintype } from './servers/tintype.ts'
import { photograph } from './workloads/photos.ts'
import { Viewers } from './workloads/viewers.ts'

/**
 * Makes the smallest data set twice, by COPY and through the API alone, and compares every member's home feed from its first page to
 * its last. Answers how many differ.
 */
export async function compareWays(dir: string, tell: (line: string) => void): Promise<number> {
  const size = sizes.XS
  const env = { CELEBRITY_FOLLOWERS: String(size.celebrityFollowers) }
  const fast = join(dir, size.name)
  const manifest = await ensureDataset(fast, size, { rebuild: true, tell })
  const plan = planOf(size, manifest.now)
  const copied = await feedsOf(fast, env, async () => {
    const viewers = new Viewers(plan, await secretOf(fast))
    const numberOf = new Map(Array.from({ length: size.posts }, (_, post) => [postIdOf(plan, post), post]))
    return { numberOf, tokens: Array.from({ length: size.members }, (_, n) => viewers.of(n).token) }
  })
  tell(`Making ${size.posts} posts of ${size.members} members through the API …`)
  const slow = join(dir, `${size.name}-api`)
  await rm(slow, { recursive: true, force: true })
  const picture = await photograph(1, 320, 240)
  const called = await feedsOf(slow, env, (url) => fillThroughApi(url, plan, picture))
  const different = copied.flatMap((feed, n) => (feed.join() === called[n]?.join() ? [] : [n]))
  const posts = copied.reduce((sum, feed) => sum + feed.length, 0)
  console.log(
    different.length === 0
      ? `All ${copied.length} home feeds are the same both ways (${posts} entries).`
      : different
          .map((n) => `WRONG  member ${n}: ${copied[n]} by COPY, ${called[n]} through the API`)
          .join('\n'),
  )
  return different.length
}

/** Everybody's home feed, newest first, as numbers of posts. */
async function feedsOf(
  dataDir: string,
  env: Record<string, string>,
  prepare: (url: string) => Promise<{ numberOf: Map<string, number>; members?: Client[]; tokens?: string[] }>,
): Promise<number[][]> {
  await using server = await startTintype({ dataDir, env })
  const url = `http://${server.host}:${server.port}`
  const { numberOf, members, tokens = [] } = await prepare(url)
  await untilQuiet(server)
  const clients =
    members ??
    tokens.map((token) =>
      createClient({ baseUrl: url, headers: () => ({ authorization: `Bearer ${token}` }) }),
    )
  const feeds: number[][] = []
  for (const api of clients) feeds.push(await wholeFeed(api, numberOf))
  return feeds
}

async function wholeFeed(api: Client, numberOf: Map<string, number>): Promise<number[]> {
  const feed: number[] = []
  let cursor: string | undefined
  do {
    const page: { items: { post_id: string }[]; next_cursor: string | null } = await api.feed.home({
      query: { sort: 'chronological', limit: 20, ...(cursor ? { cursor } : {}) },
    })
    feed.push(...page.items.map((post) => numberOf.get(post.post_id) ?? -1))
    cursor = page.next_cursor ?? undefined
  } while (cursor)
  return feed
}
