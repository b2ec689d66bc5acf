import { createConnection } from 'node:net'
import type { LiveId } from '@tintype/contract'
import type { Person } from '@tintype/testkit'

/** A live for what a program sends, and where that goes. */
export async function openFor(host: Person): Promise<{ live_id: LiveId; address: string }> {
  const { live_id } = await host.api.live.create({
    body: { title: 'From a program', audience: 'public', source: 'encoder' },
  })
  const { key, rtmp_url } = await host.api.live.renewKey()
  return { live_id, address: `${rtmp_url}/${key}` }
}

/** Bytes sent by hand; resolves with all that was answered, once the other end has hung up. */
export function said(port: number, bytes: Buffer): Promise<Buffer> {
  const { promise, resolve } = Promise.withResolvers<Buffer>()
  const answered: Buffer[] = []
  const socket = createConnection({ port, host: '127.0.0.1' }, () => socket.write(bytes))
  socket.on('data', (some) => answered.push(some))
  socket.on('error', () => undefined)
  socket.on('close', () => resolve(Buffer.concat(answered)))
  return promise
}
