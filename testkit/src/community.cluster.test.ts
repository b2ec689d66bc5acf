import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Community, startCommunity } from './community.ts'
import { Live } from './live.ts'
import { Person } from './person.ts'

/** Seven processes behind one address, on real engines: what a member notices when some of it ends. */
let community: Community
let ana: Person
let ben: Person

beforeAll(async () => {
  community = await startCommunity({ env: { RATE_LIMIT_MULTIPLIER: '0' } })
  ana = await Person.register(community.url, 'ana')
  ben = await Person.register(community.url, 'ben')
  await ben.follow(ana)
}, 240_000)
afterAll(() => community?.[Symbol.asyncDispose](), 60_000)

const patient = { timeout: 60_000, interval: 100 }

/** Somebody who writes and reads without a pause, and sends again what was not acknowledged. */
class Busy {
  readonly acknowledged: string[] = []
  readonly took: number[] = []
  failedReads = 0
  failedWrites = 0
  reads = 0
  readonly #writer: Person
  readonly #reader: Person
  readonly #conversation: string
  #isEnding = false
  #lanes: Promise<void>[] = []

  constructor(writer: Person, reader: Person, conversation: string) {
    this.#writer = writer
    this.#reader = reader
    this.#conversation = conversation
    this.#lanes = [this.#writes(), this.#writes(), this.#reads(), this.#reads()]
  }

  static async between(writer: Person, reader: Person): Promise<Busy> {
    const { conversation_id } = await writer.api.conversations.create({
      body: { usernames: [reader.username] },
    })
    return new Busy(writer, reader, conversation_id)
  }

  /** Resolves when so many more writes were acknowledged. */
  async more(count: number): Promise<void> {
    const wanted = this.acknowledged.length + count
    await expect.poll(() => this.acknowledged.length >= wanted, patient).toBe(true)
  }

  async end(): Promise<void> {
    this.#isEnding = true
    await Promise.all(this.#lanes)
  }

  /** What stands in the end, by text. */
  async stored(): Promise<string[]> {
    const params = { conversation_id: this.#conversation as never }
    const found: string[] = []
    for (let cursor: string | undefined; ; ) {
      const page = await this.#reader.api.messages.list({
        params,
        query: { limit: 50, ...(cursor && { cursor }) },
      })
      found.push(...page.items.map(({ body }) => body ?? ''))
      if (!page.next_cursor) return found
      cursor = page.next_cursor
    }
  }

  async #writes(): Promise<void> {
    while (!this.#isEnding) {
      const text = randomUUID()
      const body = { client_message_id: text, text }
      const began = performance.now()
      for (;;) {
        try {
          await this.#writer.api.messages.send({
            params: { conversation_id: this.#conversation as never },
            body,
          })
          break
        } catch {
          this.failedWrites++
          await new Promise((resolve) => setTimeout(resolve, 100))
        }
      }
      this.acknowledged.push(text)
      this.took.push(performance.now() - began)
    }
  }

  async #reads(): Promise<void> {
    while (!this.#isEnding) {
      this.reads++
      await this.#reader.profile(this.#writer).catch(() => this.failedReads++)
    }
  }
}

/** The edge looks at whom it missed once a second, and takes them back at once. */
async function isBack(server: string): Promise<void> {
  const isUp = async () => {
    const csv = await (await fetch(`${community.statsUrl};csv`)).text()
    return csv.split('\n').some((line) => line.startsWith(`readers,${server},`) && line.includes(',UP,'))
  }
  await expect.poll(isUp, patient).toBe(true)
}

async function busyWhile(what: string, work: (busy: Busy) => Promise<void>): Promise<Busy> {
  const busy = await Busy.between(ana, ben)
  await busy.more(20)
  await work(busy)
  await busy.more(20)
  await busy.end()
  const stored = await busy.stored()
  expect(new Set(stored).size).toBe(stored.length)
  expect(stored.filter((text) => busy.acknowledged.includes(text)).length).toBe(busy.acknowledged.length)
  const longest = Math.round(Math.max(...busy.took))
  console.info(
    `${what}: ${busy.acknowledged.length} writes acknowledged and kept once, ${busy.failedWrites} sent again, the longest after ${longest} ms; ${busy.failedReads} of ${busy.reads} reads failed`,
  )
  return busy
}

test('a member signs up, posts, is told and writes, whichever process does it', async () => {
  const live = await Live.of(ben)
  const post = await ana.share({ caption: 'Harbour at dusk #harbour' })
  await expect.poll(() => ben.home().catch(() => []), patient).toContain(post.post_id)
  await ben.like(post)
  const told = async () => (await ana.notifications()).map(({ type }) => type)
  await expect.poll(told, patient).toEqual(expect.arrayContaining(['like', 'follow']))
  await expect
    .poll(
      async () =>
        (await ben.api.search.find({ query: { q: 'harbour', type: 'posts' } }).catch(() => ({ items: [] })))
          .items.length,
      patient,
    )
    .toBe(1)
  expect((await ben.post(post.post_id)).media[0]?.url).toBeTruthy()
  await live.close()
}, 120_000)

test('one of two readers is killed under load: no read fails, and it is taken back', async () => {
  const reader = community.process('reader 1')
  const busy = await busyWhile('reader killed', async (busy) => {
    await reader.kill()
    await busy.more(50)
    await reader.start()
    await busy.more(50)
  })
  expect(busy.failedReads).toBe(0)
}, 120_000)

test('readers are stopped and started one after the other under load, as in an upgrade: no request fails', async () => {
  const busy = await busyWhile('readers upgraded', async () => {
    for (const name of ['reader 1', 'reader 2']) {
      const reader = community.process(name)
      await reader.stop()
      await reader.start()
      await isBack(name.replace(' ', ''))
    }
  })
  expect([busy.failedReads, busy.failedWrites]).toEqual([0, 0])
}, 120_000)

test('the writer is killed under load: what was acknowledged is there once, and reading goes on', async () => {
  const writer = community.process('writer')
  const busy = await busyWhile('writer killed', async () => {
    await writer.kill()
    await writer.start()
  })
  expect(busy.failedReads).toBe(0)
}, 120_000)

test('Redis ends under load and comes back: nothing is lost, hardly anything waits', async () => {
  const { redis } = community.engines
  await busyWhile('Redis stopped', async (busy) => {
    for (const port of redis.ports) await redis.kill(port)
    await busy.more(50)
    for (const port of redis.ports) await redis.start(port)
    await busy.more(50)
  })
}, 180_000)

test('a worker is killed while it works: the other goes on, and all that was posted comes, once', async () => {
  const posts: string[] = []
  for (let n = 0; n < 3; n++) posts.push((await ana.share()).post_id)
  await community.process('worker 1').kill()
  for (let n = 0; n < 3; n++) posts.push((await ana.share()).post_id)
  const home = async () => (await ben.home().catch(() => [])).filter((id) => posts.includes(id)).sort()
  await expect.poll(home, patient).toEqual(posts.sort())
  await community.process('worker 1').start()
}, 120_000)
