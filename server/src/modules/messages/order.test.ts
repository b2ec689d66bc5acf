import { randomUUID } from 'node:crypto'
import type { ConversationId, Message, MessageId, SentMessage } from '@tintype/contract'
import { Live, Person, startSystem, type TestSystem } from '@tintype/testkit'
import { dice } from '@tintype/testkit/dice'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { friends, ids, talk } from './scene.suite.ts'

/** Two processes, each with sockets and an API of its own. */
let systems: [TestSystem, TestSystem]
beforeAll(async () => {
  const one = await startSystem()
  systems = [one, await startSystem({ beside: one })]
})
afterAll(async () => {
  for (const system of systems.toReversed()) await system[Symbol.asyncDispose]()
})

/** An app as the protocol wants it: it goes on from its cursor, and where it cannot it fetches until it knows a whole page. */
class App {
  readonly shown = new Map<MessageId, string | null>()
  readonly faults: string[] = []
  resumes = 0
  fetches = 0
  readonly #conversation_id: ConversationId
  #person: Person
  #cursor: string | undefined
  #live: Live | undefined
  #fetching: Promise<void> = Promise.resolve()

  constructor(person: Person, conversation_id: ConversationId) {
    this.#person = person
    this.#conversation_id = conversation_id
  }

  async connect({ baseUrl }: TestSystem): Promise<void> {
    const { username, session } = this.#person
    this.#person = new Person(baseUrl, username, session)
    const url = new URL('/api/v1/realtime', baseUrl.replace('http', 'ws'))
    url.searchParams.set('access_token', session.access_token ?? '')
    if (this.#cursor !== undefined) url.searchParams.set('resume', this.#cursor)
    const live = new Live(url.href)
    this.#live = live
    live.socket.addEventListener('message', ({ data }) => {
      if (this.#live === live) this.#hear(JSON.parse(String(data)))
    })
    await live.next('ready')
  }

  /** What is on its way is lost, as when the network goes. */
  cut(): void {
    this.#live?.socket.close()
    this.#live = undefined
  }

  get order(): MessageId[] {
    return [...this.shown.keys()].toSorted()
  }

  caughtUp = () => this.#fetching

  #hear(message: SentMessage): void {
    if (message.cursor) this.#cursor = message.cursor
    if (message.type === 'ready') {
      if (message.data.resumed) this.resumes++
      else this.#fetching = this.#fetching.then(() => this.#fetch())
    }
    if (message.type === 'message.created') this.#show(message.data.message)
  }

  #show({ message_id, body }: Message): void {
    const known = this.shown.get(message_id)
    if (known !== undefined && known !== body) this.faults.push(`${message_id} is ${known} and ${body}`)
    this.shown.set(message_id, body)
  }

  async #fetch(): Promise<void> {
    this.fetches++
    const params = { conversation_id: this.#conversation_id }
    for (let cursor: string | null = null; ; ) {
      const query = { limit: 50, ...(cursor ? { cursor } : {}) }
      const page = await this.#person.api.messages.list({ params, query })
      const isKnown = page.items.every(({ message_id }) => this.shown.has(message_id))
      for (const message of page.items) this.#show(message)
      cursor = page.next_cursor
      if (isKnown || !cursor) return
    }
  }
}

test('cut 200 times while two say 1000 things to each other, both have each once and in order', async () => {
  const [here, there] = systems
  const [ana, ben] = await here.people('ana', 'ben')
  await friends(ana, ben)
  const { conversation_id } = await talk(ana, ben)
  const roll = dice(20_261_127)
  const people = [ana, ben].map((one) =>
    systems.map(({ baseUrl }) => new Person(baseUrl, one.username, one.session)),
  )
  const apps = [new App(ana, conversation_id), new App(ben, conversation_id)] as const
  for (const app of apps) await app.connect(here)
  let count = 0
  const said = new Set<string>()
  /** Now and then the answer is lost, and the device says it again, perhaps to another process. */
  const say = async () => {
    const text = `${count++}`
    said.add(text)
    const body = { client_message_id: randomUUID(), text }
    const person = people[roll(2)]
    const tries = roll(10) === 0 ? 2 : 1
    const sent = await Promise.all(
      Array.from({ length: tries }, () =>
        person?.[roll(8) === 0 ? 1 : 0]?.api.messages.send({ params: { conversation_id }, body }),
      ),
    )
    expect(new Set(sent.map((one) => one?.message_id)).size).toBe(1)
  }
  for (let cuts = 0; cuts < 200; cuts++) {
    const app = apps[roll(2)] as App
    const saying = Array.from({ length: 5 }, say)
    if (roll(2) === 0) await saying[roll(5)]
    app.cut()
    const back = app.connect(roll(8) === 0 ? there : here)
    // Some are cut again before they are back.
    if (roll(3) > 0) await back
    else back.catch(() => {})
    await Promise.all(saying)
  }
  await here.settle()
  const all = []
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query = { limit: 50, ...(cursor ? { cursor } : {}) }
    const page = await ana.api.messages.list({ params: { conversation_id }, query })
    all.push(...page.items)
    cursor = page.next_cursor
  }
  expect(all).toHaveLength(1000)
  expect(new Set(all.map(({ body }) => body))).toEqual(said)
  const order = ids(all).toReversed()
  for (const app of apps) {
    await vi.waitFor(() => expect(app.shown.size).toBe(1000), { timeout: 10_000, interval: 20 })
    await app.caughtUp()
    expect(app.order).toEqual(order)
    expect(app.faults).toEqual([])
    expect(app.resumes).toBeGreaterThan(20)
    expect(app.fetches).toBeGreaterThan(3)
    app.cut()
  }
}, 240_000)
