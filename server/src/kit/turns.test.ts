import { describe, expect, it } from 'vitest'
import { type Rest, turns } from './turns.ts'

function scene(atOnce: number, rest?: Rest) {
  const inTurn = turns(atOnce, rest)
  const begun: string[] = []
  const ends = new Map<string, PromiseWithResolvers<string>>()
  const run = (name: string) =>
    inTurn(() => {
      begun.push(name)
      const end = Promise.withResolvers<string>()
      ends.set(name, end)
      return end.promise
    })
  return { begun, run, end: (name: string) => ends.get(name) }
}
const turn = () => new Promise((resolve) => setImmediate(resolve))

describe('turns', () => {
  it('lets so many run at once, and the others in the order in which they came', async () => {
    const { begun, run, end } = scene(2)
    const all = Promise.all(['a', 'b', 'c', 'd'].map(run))
    await turn()
    expect(begun).toEqual(['a', 'b'])
    end('b')?.resolve('b')
    await turn()
    expect(begun).toEqual(['a', 'b', 'c'])
    end('a')?.resolve('a')
    await turn()
    end('c')?.resolve('c')
    end('d')?.resolve('d')
    expect(await all).toEqual(['a', 'b', 'c', 'd'])
  })

  it('goes on after one that failed', async () => {
    const { begun, run, end } = scene(1)
    const failing = run('a')
    const next = run('b')
    end('a')?.reject(new Error('broken'))
    await expect(failing).rejects.toThrow('broken')
    await turn()
    expect(begun).toEqual(['a', 'b'])
    end('b')?.resolve('b')
    expect(await next).toBe('b')
  })

  it('rests where others wait, and does not keep whoever is done', async () => {
    const { begun, run, end } = scene(1, { times: 1e6 })
    const first = run('a')
    void run('b')
    await turn()
    end('a')?.resolve('a')
    expect(await first).toBe('a')
    await turn()
    expect(begun).toEqual(['a'])
  })

  it('rests where nobody waits yet, if it is to rest always', async () => {
    const { begun, run, end } = scene(1, { times: 1e6, always: true })
    const first = run('a')
    end('a')?.resolve('a')
    await first
    void run('b')
    await turn()
    expect(begun).toEqual(['a'])
  })
})
