import type { PostId } from '@tintype/contract'
import { expect, it } from 'vitest'
import {
  append,
  type Like,
  Listener,
  like,
  newPosts,
  numberOf,
  type Scene,
  until,
  upTo,
} from './scene.suite.ts'

export function failureCases(the: () => Scene): void {
  it('tries again what failed; only its key waits, and goes on in order', async () => {
    const { one } = the()
    const [bad, good] = newPosts(2) as [PostId, PostId]
    const attempts: number[] = []
    let isMended = false
    const listener = new Listener((event) => {
      if (event.key === bad && numberOf(event) === 0) {
        attempts.push(event.attempt)
        if (!isMended) throw new Error('not yet')
      }
    })
    await one.subscribe(listener.as('g', { maxAttempts: 1000 }))
    await append(the(), like(bad, 0), like(bad, 1), like(good, 0), like(bad, 2))
    await until(() => attempts.length >= 3)
    await append(the(), like(bad, 3), like(good, 1))
    await until(() => listener.of(good).length === 2)
    expect(listener.of(bad)).toEqual([])
    isMended = true
    await one.drain()
    expect(listener.of(bad)).toEqual([0, 1, 2, 3])
    expect(attempts).toEqual(upTo(attempts.length).map((n) => n + 1))
  })

  it('keeps the order of a key with hundreds of events behind a failed one', async () => {
    const { one } = the()
    const [bad] = newPosts(1) as [PostId]
    let failures = 0
    const listener = new Listener((event) => {
      if (numberOf(event) % 100 === 0 && event.attempt < 3) {
        failures++
        throw new Error('not yet')
      }
    })
    await one.subscribe(listener.as('g'))
    for (const part of upTo(6)) {
      await append(the(), ...upTo(50).map((i) => like(bad, part * 50 + i)))
      await until(() => failures > 0)
    }
    await one.drain()
    expect(listener.of(bad)).toEqual(upTo(300))
  })

  it('gives up after the attempts granted; the key goes on', async () => {
    const { one, two } = the()
    const [bad] = newPosts(1) as [PostId]
    const before = Date.now()
    const poisoned = new Listener((event) => {
      if (numberOf(event) === 0) throw new TypeError('poison')
    })
    await one.subscribe(poisoned.as('g', { maxAttempts: 3 }))
    await one.subscribe(new Listener().as('other'))
    await append(the(), like(bad, 0), like(bad, 1))
    await one.drain()
    expect(poisoned.of(bad)).toEqual([1])
    const [letter, ...rest] = await two.deadLetters({ group: 'g' })
    expect(rest).toEqual([])
    expect(letter).toMatchObject({ group: 'g', event: { ...like(bad, 0), key: bad, attempt: 3 } })
    expect(letter?.error).toContain('poison')
    expect(letter?.failed_at).toBeGreaterThanOrEqual(before - 1000)
    expect(await two.deadLetters({ group: 'other' })).toEqual([])
  })

  it('lists dead letters and gives back those asked for, from any process', async () => {
    const { one, two } = the()
    const posts = newPosts(5)
    let isMended = false
    const listener = new Listener(() => {
      if (!isMended) throw new Error('poison')
    })
    await one.subscribe(listener.as('g', { maxAttempts: 2 }))
    for (const post of posts) await append(the(), like(post, 7))
    await one.drain()
    const letters = await two.deadLetters()
    expect(letters).toHaveLength(5)
    expect(await two.deadLetters({ limit: 2 })).toHaveLength(2)
    isMended = true
    const [first] = letters.map(({ event }) => event as Like)
    expect(await two.replay({ group: 'g', eventIds: [first?.id ?? '', '999999999', 'no id'] })).toBe(1)
    await until(() => listener.heard.length === 1)
    expect(listener.heard[0]).toMatchObject({ id: first?.id, attempt: 1 })
    expect(await two.deadLetters()).toHaveLength(4)
    expect(await two.replay({ group: 'nobody' })).toBe(0)
    expect(await two.replay({ group: 'g' })).toBe(4)
    await until(() => listener.heard.length === 5)
    expect(await two.deadLetters()).toEqual([])
  })

  it('buries a replayed event again when it fails again', async () => {
    const { one } = the()
    const [bad] = newPosts(1) as [PostId]
    await one.subscribe(
      new Listener(() => {
        throw new Error('poison')
      }).as('g', { maxAttempts: 2 }),
    )
    await append(the(), like(bad, 1))
    await one.drain()
    expect(await one.replay({ group: 'g' })).toBe(1)
    await one.drain()
    expect(await one.deadLetters()).toHaveLength(1)
    const backlog = await one.backlog()
    expect(backlog.find(({ group }) => group === 'g')).toMatchObject({ waiting: 0 })
  })

  it('remembers failures over a restart: the key still waits, the attempts count on', async () => {
    const { open, two } = the()
    const [bad, good] = newPosts(2) as [PostId, PostId]
    const first = await open()
    const attempts: number[] = []
    const failing = new Listener((event) => {
      if (event.key !== bad) return
      attempts.push(event.attempt)
      throw new Error('not here')
    })
    await first.subscribe(failing.as('g', { maxAttempts: 1000 }))
    await append(the(), like(bad, 0), like(bad, 1), like(good, 0))
    await until(() => attempts.length >= 2 && failing.of(good).length === 1)
    await first[Symbol.asyncDispose]()
    const second = new Listener()
    await two.subscribe(second.as('g'))
    await append(the(), like(bad, 2))
    await two.drain()
    expect(second.of(bad)).toEqual([0, 1, 2])
    expect(second.of(good)).toEqual([])
    expect(second.heard[0]?.attempt).toBe(attempts.length + 1)
  })
}
