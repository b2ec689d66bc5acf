import { QueryObserver } from '@tanstack/react-query'
import { TintypeError } from '@tintype/contract'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { fakeApi } from '../testing/fake-api.ts'
import { apiPost, meNamed } from '../testing/things.ts'
import { entities } from './entities/entities.ts'
import { ingestPosts } from './entities/ingest.ts'
import { beginSession, logOut, meQuery, patchMe } from './member.ts'
import { queryClient } from './query-client.ts'
import { onSessionEnd } from './session-end.ts'

const ana = meNamed('ana')
const authenticated = (user = ana) => ({ user, access_token: null, refresh_token: null, expires_in: 3600 })
const me = () => queryClient.fetchQuery({ ...meQuery, staleTime: 0, retry: false })

beforeEach(() => {
  localStorage.clear()
  queryClient.clear()
  entities.clear()
})

describe('who is here', () => {
  it('is not asked of a visitor', async () => {
    const api = fakeApi({})
    expect(await me()).toBeNull()
    expect(api.members.me).not.toHaveBeenCalled()
  })

  it('is asked where this browser had a session', async () => {
    localStorage.setItem('tintype.session', '1')
    fakeApi({ 'members.me': async () => ana })
    expect((await me())?.username).toBe('ana')
    expect(entities.get('users', ana.user_id)?.username).toBe('ana')
  })

  it('is nobody once the session is over', async () => {
    localStorage.setItem('tintype.session', '1')
    fakeApi({ 'members.me': () => Promise.reject(new TintypeError('unauthorized')) })
    expect(await me()).toBeNull()
  })

  it('is remembered while there is no network, and only then', async () => {
    localStorage.setItem('tintype.session', '1')
    fakeApi({ 'members.me': async () => ana })
    await me()
    fakeApi({ 'members.me': () => Promise.reject(new TintypeError('unavailable')) })
    await expect(me()).rejects.toMatchObject({ code: 'unavailable' })
    vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false)
    expect(await me()).toMatchObject({ username: 'ana', email: '' })
  })
})

describe('a session', () => {
  it('begins with nothing of whoever was here before', () => {
    ingestPosts([apiPost('p1')])
    queryClient.setQueryData(['posts', 'home'], 'theirs')
    beginSession(authenticated())
    expect(entities.find('posts', () => true)).toEqual([])
    expect(queryClient.getQueryData(['posts', 'home'])).toBeUndefined()
    expect(queryClient.getQueryData(meQuery.queryKey)).toEqual(ana)
  })

  it('is heard of by those who watched for it', () => {
    const seen = vi.fn()
    const stop = new QueryObserver(queryClient, { ...meQuery, enabled: false }).subscribe((result) =>
      seen(result.data),
    )
    beginSession(authenticated())
    expect(seen).toHaveBeenLastCalledWith(ana)
    stop()
  })

  it('ends here even when the server cannot be told', async () => {
    beginSession(authenticated())
    fakeApi({ 'accounts.logout': () => Promise.reject(new TintypeError('unavailable')) })
    const ended = vi.fn()
    const stop = onSessionEnd(ended)
    await logOut()
    stop()
    expect(ended).toHaveBeenCalledExactlyOnceWith('logged-out')
    expect(Object.keys(localStorage)).toEqual([])
  })
})

it('changes what is known of the member, where one is here', () => {
  patchMe({ unread_notifications: 4 })
  expect(queryClient.getQueryData(meQuery.queryKey)).toBeUndefined()
  queryClient.setQueryData(meQuery.queryKey, ana)
  patchMe({ unread_notifications: 4 })
  expect(queryClient.getQueryData(meQuery.queryKey)?.unread_notifications).toBe(4)
})
