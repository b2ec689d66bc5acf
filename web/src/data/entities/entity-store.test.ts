import type { PostId, UserId } from '@tintype/contract'
import { describe, expect, it, vi } from 'vitest'
import { postOf } from '../../testing/things.ts'
import { EntityStore } from './entity-store.ts'
import type { PostEntity } from './types.ts'

const id = 'p1' as PostId
const like = (post: PostEntity): PostEntity =>
  post.viewer.liked
    ? post
    : { ...post, likes_count: post.likes_count + 1, viewer: { ...post.viewer, liked: true } }

function storeWith(fields: Partial<PostEntity> = {}) {
  const store = new EntityStore()
  store.merge('posts', id, { ...postOf(id), likes_count: 3, ...fields })
  return store
}

describe('truth', () => {
  it('keeps fields that a later reply does not carry', () => {
    const store = new EntityStore()
    const ana = 'u1' as UserId
    store.merge('users', ana, { user_id: ana, username: 'ana', bio: 'hello' })
    store.merge('users', ana, { full_name: 'Ana' })
    expect(store.get('users', ana)).toMatchObject({ username: 'ana', bio: 'hello', full_name: 'Ana' })
  })

  it('keeps the same object and is silent when nothing is new', () => {
    const store = storeWith()
    const listener = vi.fn()
    store.subscribe('posts', id, listener)
    const before = store.get('posts', id)
    store.merge('posts', id, structuredClone(before ?? {}))
    expect(store.get('posts', id)).toBe(before)
    expect(listener).not.toHaveBeenCalled()
  })

  it('keeps the reference of a part that did not change', () => {
    const store = storeWith()
    const media = store.get('posts', id)?.media
    store.merge('posts', id, { caption: 'new', media: structuredClone(media) })
    expect(store.get('posts', id)?.media).toBe(media)
    expect(store.get('posts', id)?.caption).toBe('new')
  })

  it('tells only those who watch the thing that changed', () => {
    const store = storeWith()
    const mine = vi.fn()
    const other = vi.fn()
    store.subscribe('posts', id, mine)
    store.subscribe('posts', 'p2' as PostId, other)
    store.merge('posts', id, { caption: 'new' })
    expect(mine).toHaveBeenCalledTimes(1)
    expect(other).not.toHaveBeenCalled()
  })
})

describe('layers', () => {
  it('shows an intent at once and rolls it back', () => {
    const store = storeWith()
    store.overlay('posts', id, 'like', like)
    expect(store.get('posts', id)).toMatchObject({ likes_count: 4, viewer: { liked: true } })
    store.settle('posts', id, 'like')
    expect(store.get('posts', id)).toMatchObject({ likes_count: 3, viewer: { liked: false } })
  })

  it('survives truth that arrives meanwhile, and does not count twice where that knows of it', () => {
    const store = storeWith()
    store.overlay('posts', id, 'like', like)
    store.merge('posts', id, { likes_count: 10 })
    expect(store.get('posts', id)?.likes_count).toBe(11)
    store.merge('posts', id, { likes_count: 11, viewer: { ...postOf(id).viewer, liked: true } })
    expect(store.get('posts', id)?.likes_count).toBe(11)
  })

  it('rolls back one intent and leaves another', () => {
    const store = storeWith()
    store.overlay('posts', id, 'like', like)
    store.overlay('posts', id, 'save', (post) => ({ ...post, viewer: { ...post.viewer, saved: true } }))
    store.settle('posts', id, 'like')
    expect(store.get('posts', id)?.viewer).toMatchObject({ liked: false, saved: true })
  })

  it('replaces an intent of the same name', () => {
    const store = storeWith()
    store.overlay('posts', id, 'like', like)
    store.overlay('posts', id, 'like', (post) => post)
    expect(store.get('posts', id)?.likes_count).toBe(3)
  })

  it('takes the outcome as truth', () => {
    const store = storeWith()
    store.overlay('posts', id, 'like', like)
    store.settle('posts', id, 'like', { likes_count: 9 })
    expect(store.get('posts', id)?.likes_count).toBe(9)
  })

  it('can hide a thing', () => {
    const store = storeWith()
    store.overlay('posts', id, 'hide', () => undefined)
    expect(store.get('posts', id)).toBeUndefined()
    store.settle('posts', id, 'hide')
    expect(store.get('posts', id)).toBeDefined()
  })
})

describe('membership', () => {
  it('rises when something comes or goes, not when it changes', () => {
    const store = storeWith()
    const listener = vi.fn()
    store.subscribeMembership(listener)
    store.merge('posts', id, { caption: 'other' })
    expect(listener).not.toHaveBeenCalled()
    store.remove('posts', id)
    expect(listener).toHaveBeenCalledTimes(1)
    store.merge('posts', id, postOf(id))
    expect(listener).toHaveBeenCalledTimes(2)
  })

  it('finds by content, and forgets everything when cleared', () => {
    const store = storeWith({ caption: 'here' })
    expect(store.find('posts', (post) => post.caption === 'here')).toEqual([id])
    store.clear()
    expect(store.get('posts', id)).toBeUndefined()
    expect(store.find('posts', () => true)).toEqual([])
  })

  it('does not bring a removed thing back by dropping a layer', () => {
    const store = storeWith()
    store.overlay('posts', id, 'like', like)
    store.remove('posts', id)
    store.settle('posts', id, 'like', { likes_count: 4 })
    expect(store.get('posts', id)).toBeUndefined()
  })
})
