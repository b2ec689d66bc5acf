import { expect, it } from 'vitest'
import { lanes } from './lanes.ts'

it('does one thing after the other for a key, also after one that failed, and others meanwhile', async () => {
  const lane = lanes<string>()
  const log: string[] = []
  const gate = Promise.withResolvers<void>()
  const first = lane('a', async () => {
    await gate.promise
    log.push('first')
    throw new Error('no')
  })
  const second = lane('a', async () => log.push('second'))
  await lane('b', async () => log.push('other'))
  expect(log).toEqual(['other'])
  gate.resolve()
  await expect(first).rejects.toThrow('no')
  await second
  expect(log).toEqual(['other', 'first', 'second'])
  await lane('a', async () => log.push('third'))
  expect(log.at(-1)).toBe('third')
})
