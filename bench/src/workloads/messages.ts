import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { Ask } from '../load/job.ts'
import { LoadSocket, openSockets } from '../load/sockets.ts'
import { untilQuiet } from '../servers/quiet.ts'
import { prepareReferenceLikes } from '../servers/references.ts'
import { only, type Stage } from '../stage.ts'
import { measureInsert } from './insert.ts'
import type { Viewer } from './viewers.ts'
import { spreadOfWaits } from './waits.ts'

const W = 'messages'
const PAIRS = 250
const PER_SECOND = 6000
const IDLE = 1000
/** Members who write, once a second each. */
const ACTIVE = 100

interface Talk {
  conversation_id: string
  two: readonly [Viewer, Viewer]
}

/** How many messages are acknowledged, beside one insert; how soon one is on the other's socket. */
export async function messages(stage: Stage): Promise<void> {
  await stage.restart({ RATE_LIMIT_MULTIPLIER: '0' })
  const { quick, seconds, warmupSeconds } = stage.options
  const talks = await begin(stage, quick ? PAIRS / 5 : PAIRS)
  await prepareReferenceLikes(stage.sql)
  const many = PER_SECOND * (seconds + warmupSeconds)
  await stage.runs(async () => {
    await measureSends(stage, talks, many)
    await measureInsert(stage, W, many)
    await measureArrival(stage, talks)
  })
}

/** Conversations of two, accepted by both. */
async function begin(stage: Stage, pairs: number): Promise<Talk[]> {
  const viewers = stage.viewers.some('ordinary', 2 * pairs)
  const talks: Talk[] = []
  for (let at = 0; at + 1 < viewers.length; at += 2) {
    const two = [viewers[at], viewers[at + 1]] as unknown as readonly [Viewer, Viewer]
    const made = await post(stage, two[0], '/api/v1/conversations', { usernames: [two[1].username] })
    // Some have blocked each other.
    if (!made) continue
    const { conversation_id } = (made as { data: Talk }).data
    await post(stage, two[1], `/api/v1/conversations/${conversation_id}/accept`)
    talks.push({ conversation_id, two })
  }
  return talks
}

const pathOf = ({ conversation_id }: Talk) => `/api/v1/conversations/${conversation_id}/messages`

async function measureSends(stage: Stage, talks: readonly Talk[], many: number): Promise<void> {
  const asks = Array.from({ length: many }, (_, n): Ask => {
    const talk = talks[n % talks.length] as Talk
    const body = { client_message_id: randomUUID(), text: 'What a light this morning!' }
    return { method: 'POST', path: pathOf(talk), token: talk.two[n % 2]?.token ?? '', body }
  })
  const traffic = only('message', asks, { kind: 'object', keys: ['message_id', 'body', 'user'] }, 'once')
  await stage.measure(W, 'message, 16 connections', traffic, { connections: 16 })
  await untilQuiet(stage.tintype)
}

/** From the request until the other's socket has it, beside many that hear nothing. */
async function measureArrival(stage: Stage, talks: readonly Talk[]): Promise<void> {
  const { quick, seconds } = stage.options
  const idle = stage.viewers.some('ordinary', quick ? 200 : IDLE)
  const talking = talks.slice(0, ACTIVE / 2)
  const begun = new Map<string, number>()
  const waits: number[] = []
  const acknowledged: number[] = []
  const sockets = await openSockets(
    stage.tintype,
    idle.map(({ token }) => token),
  )
  for (const { two } of talking)
    for (const { token } of two)
      sockets.push(
        await LoadSocket.open(stage.tintype, token, ({ type, data }) => {
          const { body, is_own } = (data.message ?? {}) as { body?: string; is_own?: boolean }
          const began = body === undefined ? undefined : begun.get(body)
          if (type !== 'message.created' || is_own || began === undefined) return
          waits.push(performance.now() - began)
          begun.delete(body ?? '')
        }),
      )
  await pause(1000)
  const total = ACTIVE * seconds
  const sent: Promise<unknown>[] = []
  for (let n = 0; n < total; n++) {
    const talk = talking[n % talking.length] as Talk
    const from = talk.two[Math.floor(n / talking.length) % 2] as Viewer
    const text = randomUUID()
    begun.set(text, performance.now())
    const began = performance.now()
    const sending = post(stage, from, pathOf(talk), { client_message_id: text, text })
    sent.push(sending.then(() => acknowledged.push(performance.now() - began)))
    await pause(1000 / ACTIVE)
  }
  await Promise.all(sent)
  await pause(1000)
  for (const socket of sockets) socket.close()
  stage.figures.add(W, 'message to the other’s socket', {
    ...spreadOfWaits(waits),
    'acknowledged, p50': spreadOfWaits(acknowledged).p50 ?? 0,
    sockets: sockets.length,
    'not seen': begun.size,
  })
  await untilQuiet(stage.tintype)
}

/** Undefined where it was refused. */
async function post({ tintype }: Stage, { token }: Viewer, path: string, body?: object): Promise<unknown> {
  const answer = await fetch(`http://${tintype.host}:${tintype.port}${path}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${token}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
    },
    body: body ? JSON.stringify(body) : null,
  })
  const read = await answer.json()
  return answer.ok ? read : undefined
}
