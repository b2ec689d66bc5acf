import type { PostId } from '@tintype/contract'
import { expect, it } from 'vitest'
import { append, firsts, Listener, like, newPosts, pause, type Scene, until, upTo } from './scene.suite.ts'

export function processCases(the: () => Scene): void {
  it('divides a group between processes, and keeps the order of each key', async () => {
    const { one, two } = the()
    const inHand = new Set<string>()
    const act = async (event: { key: string }) => {
      expect(inHand.has(event.key)).toBe(false)
      inHand.add(event.key)
      await pause(1)
      inHand.delete(event.key)
    }
    const [ana, ben] = [new Listener(act), new Listener(act)]
    const all: number[] = []
    await one.subscribe(ana.as('g'))
    await two.subscribe(ben.as('g'))
    const posts = newPosts(16)
    let n = 0
    await until(async () => {
      await append(the(), ...posts.map((post) => like(post, n)))
      n++
      return ana.heard.length > 0 && ben.heard.length > 0
    }, 'a share for both')
    await one.drain()
    expect(ana.heard.length + ben.heard.length).toBe(16 * n)
    for (const post of posts) {
      all.splice(0)
      for (const event of [...ana.heard, ...ben.heard].toSorted((a, b) => Number(a.id) - Number(b.id)))
        if (event.key === post) all.push(Number(event.id))
      expect(new Set(all).size).toBe(n)
      expect(
        ana
          .of(post)
          .concat(ben.of(post))
          .toSorted((a, b) => a - b),
      ).toEqual(upTo(n))
    }
  })

  it('goes on after a restart where it stopped, telling nothing twice', async () => {
    const { open, two } = the()
    const posts = newPosts(5)
    const [before, after] = [new Listener(() => pause(1)), new Listener()]
    const first = await open()
    await first.subscribe(before.as('g'))
    await append(the(), ...upTo(100).map((n) => like(posts[n % 5] as PostId, n)))
    await until(() => before.heard.length > 10)
    await first[Symbol.asyncDispose]()
    await append(the(), ...upTo(50).map((n) => like(posts[n % 5] as PostId, 100 + n)))
    await two.subscribe(after.as('g'))
    await two.drain()
    for (const [i, post] of posts.entries()) {
      const received = [...before.of(post), ...after.of(post)]
      expect(received).toEqual(upTo(150).filter((n) => n % 5 === i))
    }
  })

  it('lets running handlers end, tells them to, and waits for them', async () => {
    const { one } = the()
    const [post] = newPosts(1) as [PostId]
    const log: string[] = []
    const subscription = await one.subscribe(
      new Listener(async (_, signal) => {
        log.push('begun')
        await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
        log.push('told to end')
        await pause(20)
        log.push('ended')
      }).as('g'),
    )
    await append(the(), like(post, 1))
    await until(() => log.length === 1)
    await subscription[Symbol.asyncDispose]()
    expect(log).toEqual(['begun', 'told to end', 'ended'])
    const next = new Listener()
    await one.subscribe(next.as('g'))
    await one.drain()
    expect(next.heard).toEqual([])
  })

  it('tells again what a handler gave up because it was told to end, without counting an attempt', async () => {
    const { one, two } = the()
    const [post] = newPosts(1) as [PostId]
    let isBegun = false
    const subscription = await one.subscribe(
      new Listener((_, signal) => {
        isBegun = true
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
      }).as('g'),
    )
    await append(the(), like(post, 1))
    await until(() => isBegun)
    await subscription[Symbol.asyncDispose]()
    const next = new Listener()
    await two.subscribe(next.as('g'))
    await two.drain()
    expect(next.heard.map(({ attempt }) => attempt)).toEqual([1])
  })

  it('hands the work of a crashed process over at once, and tells again what it had in hand', async () => {
    const { open, two, crash } = the()
    const victim = await open()
    const posts = newPosts(16)
    const lost = new Listener((event, signal) => {
      if (Number(event.id) <= 40) return
      return new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    })
    const heir = new Listener()
    await victim.subscribe(lost.as('g'))
    await append(the(), ...upTo(200).map((n) => like(posts[n % 16] as PostId, n)))
    await until(() => lost.heard.length > 10)
    const crashed = performance.now()
    await crash(victim)
    await two.subscribe(heir.as('g'))
    await two.drain()
    expect(performance.now() - crashed).toBeLessThan(4500)
    for (const [i, post] of posts.entries()) {
      const expected = upTo(200).filter((n) => n % 16 === i)
      expect(firsts([...lost.of(post), ...heir.of(post)])).toEqual(expected)
      expect(heir.of(post)).toEqual(expected.slice(-heir.of(post).length))
    }
  })

  it('takes the share of a crashed process over from one that is there already', async () => {
    const { open, two, crash } = the()
    const victim = await open()
    const [lost, heir] = [new Listener(), new Listener()]
    await victim.subscribe(lost.as('g'))
    await two.subscribe(heir.as('g'))
    const posts = newPosts(16)
    await until(async () => {
      await append(the(), ...posts.map((post) => like(post, 0)))
      return lost.heard.length > 0 && heir.heard.length > 0
    })
    await crash(victim)
    await append(the(), ...posts.map((post) => like(post, 1)))
    await until(() => posts.every((post) => heir.of(post).includes(1)), 'the takeover')
  })
}
