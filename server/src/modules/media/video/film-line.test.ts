import { expect, it } from 'vitest'
import { FilmLine } from './film-line.ts'

it('the shortest goes first, what is not shown yet before what is, and a long one gives way to a much shorter one', async () => {
  const line = new FilmLine(1)
  const first = await line.take({ seconds: 100 })
  const order: string[] = []
  const wait = async (name: string, weight: Parameters<FilmLine['take']>[0]) => {
    const giveBack = await line.take(weight)
    order.push(name)
    giveBack()
  }
  const later = wait('later', { seconds: 5, isLater: true })
  expect(line.isToGiveWay({ seconds: 100 })).toBe(false)
  const all = [later, wait('long', { seconds: 3000 }), wait('middle', { seconds: 60 })]
  expect(line.isToGiveWay({ seconds: 100 })).toBe(false)
  all.push(wait('short', { seconds: 15 }))
  expect(line.isToGiveWay({ seconds: 100 })).toBe(true)
  const gone = new AbortController()
  const givenUp = line.take({ seconds: 1 }, gone.signal).catch((reason) => reason)
  gone.abort('gone')
  expect(await givenUp).toBe('gone')
  first()
  await Promise.all(all)
  expect(order).toEqual(['short', 'middle', 'long', 'later'])
})
