import type { FastifyReply, FastifyRequest } from 'fastify'
import { expect, test, vi } from 'vitest'
import type { LateReader } from '../engines/db/port.ts'
import { cookiePolicy } from './credentials.ts'
import { POSITION_HEADER, positionsOf } from './positions.ts'

test('what was written is answered although nobody knows where it stands, and then read of the primary', async () => {
  const readers: LateReader[] = []
  const db = {
    isReplicated: true,
    lately<T>(reader: LateReader, work: () => T): T {
      readers.push(reader)
      return work()
    },
    position: () => Promise.reject(new Error('the primary is away')),
  }
  const positions = positionsOf(db, cookiePolicy(''))
  const request = {
    viewer: { user_id: 'ana' },
    headers: {},
    ip: '::1',
    protocol: 'http',
  } as unknown as FastifyRequest
  const header = vi.fn()
  await positions?.written(request, { header, request } as unknown as FastifyReply)
  expect(header).toHaveBeenCalledExactlyOnceWith(POSITION_HEADER, 'FFFFFFFF/FFFFFFFF')
  positions?.reading(request, () => undefined)
  expect(readers[0]?.positions).toContain('FFFFFFFF/FFFFFFFF')
})
