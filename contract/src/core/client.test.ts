import { describe, expect, it } from 'vitest'
import { type Routes, routes } from '../routes.ts'
import { TintypeError } from '../tintype-error.ts'
import { clientOf } from './client.ts'

const replies = (status: number, body: object) => async () => Response.json(body, { status })

describe('a client that knows some domains only when they are called', () => {
  const asked: string[] = []
  const { collections, ...first } = routes
  let looks = 0
  const api = clientOf<Routes>(first, {
    fetch: async (url) => {
      asked.push(String(url))
      return Response.json({ success: true, data: [], pagination: { next_cursor: null, has_more: false } })
    },
    later: async () => {
      looks++
      return { collections }
    },
  })

  it('looks for a route when it is called, and for no other', async () => {
    await api.feed.home()
    expect(looks).toBe(0)
    expect(await api.collections.list()).toEqual({ items: [], next_cursor: null })
    expect(looks).toBe(1)
    expect(asked).toEqual(['/api/v1/feed/home', '/api/v1/collections'])
  })

  it('refuses what nobody declares', async () => {
    const { nothing } = api.collections as unknown as Record<string, () => Promise<unknown>>
    await expect(nothing?.()).rejects.toThrow('no such route: collections.nothing')
  })
})

it('an error has the code, the sentence and the status of its reply, known here or not', async () => {
  const error = { code: 'from_the_future', message: 'Not before noon.', request_id: 'r1' }
  const api = clientOf<Routes>(routes, { fetch: replies(418, { success: false, error }) })
  const failure = await api.feed.home().catch((reason: unknown) => reason)
  expect(failure).toBeInstanceOf(TintypeError)
  expect(failure).toMatchObject({ code: error.code, message: error.message, status: 418, requestId: 'r1' })
})
