import { type Routes, routes, TintypeError } from '@tintype/contract'
import { vi } from 'vitest'
import { api } from '../api/client.ts'

type Operation = keyof Routes & keyof typeof api

/**
 * Answers the operations a test names and refuses all others, at the client's own surface. Each answer is a mock, so
 * that a test can ask what was sent.
 */
export function fakeApi(answers: { [O in Operation]?: (...input: Parameters<(typeof api)[O]>) => unknown }) {
  for (const name of Object.keys(routes) as Operation[]) {
    const answer = answers[name] as ((...input: unknown[]) => unknown) | undefined
    const run = async (...input: unknown[]) => {
      if (!answer) throw new TintypeError('internal', { message: `${name} is not answered by this test` })
      return answer(...input)
    }
    vi.spyOn(api as Record<string, typeof run>, name).mockImplementation(run)
  }
  return api
}

/** A promise that is settled by hand, to look at what shows meanwhile. */
export function later<T>() {
  return Promise.withResolvers<T>()
}
