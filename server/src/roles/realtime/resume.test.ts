import { type SentMessage, type SessionId, TintypeError, type UserId } from '@tintype/contract'
import { openTestDb, type TestDb } from '@tintype/testkit/database'
import { dice } from '@tintype/testkit/dice'
import { Live } from '@tintype/testkit/live'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Broadcast } from '../../engines/broadcast/port.ts'
import { openPostgresBroadcast } from '../../engines/broadcast/postgres/broadcast.ts'
import { newId } from '../../kit/ids.ts'
import { tellMember } from '../../kit/member-channel.ts'
import { type ServedGateway, serveGateway } from './served.suite.ts'

/** Two processes with sockets, and a third that tells members. */
let testDb: TestDb
let broadcasts: Broadcast[]
let gateways: [ServedGateway, ServedGateway]
const names = ['ana', 'ben'] as const
const viewers = new Map(
  names.map((name) => [
    name as string,
    { user_id: newId<UserId>(), session_id: newId<SessionId>(), role: 'member' as const },
  ]),
)
const viewerOf = (name: string) => {
  const viewer = viewers.get(name)
  if (!viewer) throw new TintypeError('unauthorized')
  return viewer
}

beforeAll(async () => {
  testDb = await openTestDb()
  const open = () => openPostgresBroadcast({ db: testDb.db, onError: () => {} })
  broadcasts = [await open(), await open(), await open()]
  const serve = (broadcast: Broadcast) => serveGateway({ broadcast, authenticate: viewerOf })
  const [one, two] = broadcasts as [Broadcast, Broadcast]
  gateways = [await serve(one), await serve(two)]
})
afterAll(async () => {
  for (const gateway of gateways) await gateway[Symbol.asyncDispose]()
  for (const broadcast of broadcasts) await broadcast[Symbol.asyncDispose]()
  await testDb[Symbol.asyncDispose]()
})

/** A client as the protocol wants it: it goes on from its cursor, and where it cannot it fetches what stands. */
class Client {
  readonly shown: number[] = []
  readonly faults: string[] = []
  resumes = 0
  fetches = 0
  readonly #name: string
  /** What was told to the member; true before it is told, like what is committed. */
  readonly #truth: readonly number[]
  #cursor: string | undefined
  #live: Live | undefined
  /** What was fetched may still be on its way, and is known then. */
  #fetched = 0

  constructor(name: string, truth: readonly number[]) {
    this.#name = name
    this.#truth = truth
  }

  connect({ url }: ServedGateway): Promise<unknown> {
    const resume = this.#cursor === undefined ? '' : `&resume=${this.#cursor}`
    const live = new Live(`${url}?access_token=${this.#name}${resume}`)
    this.#live = live
    live.socket.addEventListener('message', ({ data }) => {
      if (this.#live === live) this.#hear(JSON.parse(String(data)))
    })
    return live.next('ready')
  }

  /** What is on its way is lost, as when the network goes. */
  cut(): void {
    this.#live?.socket.close()
    this.#live = undefined
  }

  #hear(message: SentMessage): void {
    if (message.cursor) this.#cursor = message.cursor
    if (message.type === 'ready') {
      if (message.data.resumed) this.resumes++
      else this.#fetch()
    }
    if (message.type !== 'notifications.unread') return
    const { count } = message.data
    const last = this.shown.at(-1) ?? 0
    if (count <= this.#fetched) return
    if (count !== last + 1) this.faults.push(`${count} after ${last}`)
    this.shown.push(count)
  }

  #fetch(): void {
    this.fetches++
    this.shown.splice(0, Infinity, ...this.#truth)
    this.#fetched = this.#truth.length
  }
}

test('cut 200 times while 1000 messages go to two members, each shows every one once and in order', async () => {
  const roll = dice(20_261_127)
  const told: number[][] = [[], []]
  const clients = names.map((name, at) => new Client(name, told[at] ?? []))
  const say = async (at: number) => {
    const numbers = told[at] ?? []
    numbers.push(numbers.length + 1)
    const { user_id } = viewerOf(names[at] ?? '')
    await tellMember(broadcasts[2] as Broadcast, user_id, {
      type: 'notifications.unread',
      data: { count: numbers.length },
    })
  }
  for (const client of clients) await client.connect(gateways[0])
  for (let cuts = 0; cuts < 200; cuts++) {
    const client = clients[roll(2)] as Client
    const saying = [0, 1, 2, 3, 4].map((n) => say(n % 2 === cuts % 2 ? 0 : 1))
    if (roll(2) === 0) await saying[roll(5)]
    client.cut()
    const back = client.connect(gateways[roll(8) === 0 ? 1 : 0])
    // Some are cut again before they are back.
    if (roll(3) > 0) await back
    else back.catch(() => {})
    await Promise.all(saying)
  }
  expect(told.map(({ length }) => length)).toEqual([500, 500])
  for (const [at, client] of clients.entries()) await vi.waitFor(() => expect(client.shown).toEqual(told[at]))
  expect(clients.map(({ faults }) => faults)).toEqual([[], []])
  for (const { resumes, fetches } of clients) {
    expect(resumes).toBeGreaterThan(20)
    expect(fetches).toBeGreaterThan(3)
  }
  for (const client of clients) client.cut()
})
