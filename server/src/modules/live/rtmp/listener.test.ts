import { createConnection, type Socket } from 'node:net'
import type { LiveId, UserId } from '@tintype/contract'
import { freePorts } from '@tintype/testkit/free-ports'
import pino from 'pino'
import { expect, test, vi } from 'vitest'
import type { Source } from '../source.ts'
import { writeAmf } from './amf.ts'
import { chunksOf, TYPE } from './chunks.ts'
import { RtmpListener } from './listener.ts'

const [ANA, LIVE] = ['ana', 'live'] as [UserId, LiveId]
const HEAD = 13

/** A source that takes one thing at a time. */
function narrow() {
  const heard: Buffer[] = []
  let drained = () => {}
  const source: Source = {
    write(bytes) {
      heard.push(bytes)
      setImmediate(() => drained())
      return false
    },
    onDrain(listener) {
      drained = listener
    },
    close: () => {},
  }
  return { heard, source }
}

async function listening(deps: Partial<ConstructorParameters<typeof RtmpListener>[0]>) {
  const [port = 0] = await freePorts(1)
  const listener = new RtmpListener({
    logger: pino({ enabled: false }),
    ownerOf: async () => ANA,
    liveOf: async () => LIVE,
    open: async () => narrow().source,
    ...deps,
  })
  await listener.listen({ port, host: '127.0.0.1' })
  return { listener, port, [Symbol.asyncDispose]: () => listener[Symbol.asyncDispose]() }
}

const command = (...values: Parameters<typeof writeAmf>) =>
  chunksOf({ type: TYPE.command, stream: 0, body: writeAmf(...values) })

/** A program that has said whose it is. */
function publishing(port: number) {
  const socket: Socket = createConnection({ port, host: '127.0.0.1' })
  let answered = ''
  const ended = new Promise<void>((resolve) => socket.on('close', () => resolve()))
  socket.on('error', () => {})
  socket.on('data', (bytes) => {
    answered += bytes.toString('latin1')
  })
  const shaken = Buffer.alloc(1 + 2 * 1536)
  shaken[0] = 3
  socket.write(Buffer.concat([shaken, command('connect', 1), command('publish', 5, null, 'key')]))
  const told = (word: string) => vi.waitFor(() => expect(answered).toContain(word), { timeout: 30_000 })
  return { socket, ended, told }
}

/** A picture, in the two chunks that it needs. */
const head = Buffer.from([4, 0, 0, 0, 0, 0, 200, TYPE.picture, 1, 0, 0, 0])
const begun = Buffer.concat([head, Buffer.alloc(128, 7)])
const rest = Buffer.concat([Buffer.from([0xc4]), Buffer.alloc(72, 7)])

test('what comes in part while its source takes no more is read on', async () => {
  const { heard, source } = narrow()
  await using at = await listening({ open: async () => source })
  const { socket, told, ended } = publishing(at.port)
  await told('NetStream.Publish.Start')
  // It is answered: so this much was read, and no picture was whole.
  socket.write(Buffer.concat([begun, command('createStream', 6)]))
  await told('_result\0@\x18')
  socket.write(rest)
  await vi.waitFor(() => expect(heard.map(({ length }) => length)).toEqual([HEAD, 11 + 200 + 4]), {
    timeout: 30_000,
  })
  socket.destroy()
  await ended
})

test('whoever asks without end and takes no answer is hung up on', async () => {
  await using at = await listening({})
  const { socket, told, ended } = publishing(at.port)
  await told('NetStream.Publish.Start')
  socket.pause()
  const asked = Buffer.concat(Array.from({ length: 2000 }, () => command('connect', 1)))
  while (!socket.destroyed)
    await new Promise<void>((resolve) => {
      socket.once('close', () => resolve())
      socket.write(asked, () => resolve())
    })
  await ended
}, 60_000)

test('a key that is renewed while it is looked at opens nothing', async () => {
  let isGood = true
  const open = vi.fn(async () => narrow().source)
  await using at = await listening({
    ownerOf: async () => (isGood ? ANA : undefined),
    liveOf: async () => {
      isGood = false
      at.listener.drop(ANA)
      return LIVE
    },
    open,
  })
  const { ended, told } = publishing(at.port)
  await told('NetStream.Publish.BadName')
  await ended
  expect(open).not.toHaveBeenCalled()
})
