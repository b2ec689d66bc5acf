import { QueryObserver } from '@tanstack/react-query'
import type { AnyRouter } from '@tanstack/react-router'
import { beforeEach, expect, it, vi } from 'vitest'
import { entities } from '../data/entities/entities.ts'
import { ingestPosts } from '../data/entities/ingest.ts'
import { meQuery } from '../data/member.ts'
import { queryClient } from '../data/query-client.ts'
import { endSession } from '../data/session-end.ts'
import { later } from '../testing/fake-api.ts'
import { apiPost, meNamed } from '../testing/things.ts'
import { toasts } from '../ui/toast.ts'
import { leaveOnSessionEnd } from './session-flow.ts'

// Loaded by the first session that ends; this file may be over before a busy machine has them.
await Promise.all([import('./forget-drafts.ts'), import('../data/push.ts')])

const navigated = { current: later<void>() }
const router = { navigate: vi.fn(), invalidate: vi.fn() }
leaveOnSessionEnd(router as unknown as AnyRouter)

beforeEach(() => {
  navigated.current = later<void>()
  router.navigate.mockImplementation(() => navigated.current.promise)
  queryClient.clear()
  queryClient.setQueryData(meQuery.queryKey, meNamed('ana'))
  ingestPosts([apiPost('p1')])
})
const said = () => toasts.get().map((toast) => toast.text)

it('shows the log-in, and forgets what was seen only when the screens that showed it are gone', async () => {
  const asked = vi.fn(async () => 'feed')
  const screen = new QueryObserver(queryClient, {
    queryKey: ['posts', 'home'],
    queryFn: asked,
    staleTime: 60_000,
  })
  const stop = screen.subscribe(() => undefined)
  await vi.waitFor(() => expect(queryClient.getQueryData(['posts', 'home'])).toBe('feed'))
  endSession('logged-out')
  expect(queryClient.getQueryData(meQuery.queryKey)).toBeNull()
  expect(router.navigate).toHaveBeenCalledWith({ to: '/login', search: {} })
  expect(queryClient.getQueryData(['posts', 'home'])).toBe('feed')
  stop()
  navigated.current.resolve()
  await vi.waitFor(() => expect(queryClient.getQueryData(['posts', 'home'])).toBeUndefined())
  expect(entities.find('posts', () => true)).toEqual([])
  expect(asked).toHaveBeenCalledOnce()
})

it('says goodbye where the account was deleted', () => {
  endSession('deleted')
  expect(router.navigate).toHaveBeenCalledWith({ to: '/login', search: { deleted: true } })
})

it('says why, unless the member asked for it', () => {
  endSession('logged-out')
  expect(said()).toEqual([])
  endSession('expired')
  expect(said()).toContain('Your session has ended. Please log in again.')
})
