import { SOLUTION_HEADER } from '@tintype/contract/core/route'
import { expect, it } from 'vitest'
import { answerTo } from './challenge.ts'
import { working } from './working.ts'

const details = {
  purpose: 'login',
  reason: 'asked',
  challenge: { parameters: { nonce: 'n' }, signature: 's' },
  expires_in: 600,
} as const

/** A worker that answers so, and tells what it was asked. */
function workerOf(answer: object | null, asked: unknown[] = []) {
  const target = new EventTarget()
  return Object.assign(target, {
    postMessage(message: unknown) {
      asked.push(message, working.get())
      target.dispatchEvent(new MessageEvent('message', { data: answer }))
    },
    terminate: () => void asked.push('ended'),
  }) as unknown as Worker
}

it('works beside the page, says so meanwhile, and brings the answer in the header', async () => {
  const asked: unknown[] = []
  const headers = await answerTo(details, () => workerOf({ counter: 7, derivedKey: 'ab' }, asked))
  const sent = JSON.parse(atob(headers?.[SOLUTION_HEADER] ?? ''))
  expect(sent).toEqual({ challenge: details.challenge, solution: { counter: 7, derivedKey: 'ab' } })
  expect(asked).toEqual([details.challenge, true, 'ended'])
  expect(working.get()).toBe(false)
})

it('brings nothing where it cannot be worked out', async () => {
  expect(await answerTo(details, () => workerOf(null))).toBeUndefined()
  expect(working.get()).toBe(false)
})
