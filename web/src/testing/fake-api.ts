import { type Client, type Operation, operations, TintypeError } from '@tintype/contract'
import { vi } from 'vitest'
import { api } from '../data/client.ts'

type Call<O extends Operation> = O extends `${infer D extends keyof Client}.${infer N}`
  ? N extends keyof Client[D]
    ? Extract<Client[D][N], (...input: never) => unknown>
    : never
  : never

/**
 * Answers the operations a test names and refuses all others, at the client's own surface. Each answer is a mock, so
 * that a test can ask what was sent.
 */
export function fakeApi(answers: { [O in Operation]?: (...input: Parameters<Call<O>>) => unknown }) {
  for (const name of Object.keys(operations) as Operation[]) {
    const answer = answers[name] as ((...input: unknown[]) => unknown) | undefined
    const run = async (...input: unknown[]) => {
      if (!answer) throw new TintypeError('internal', { message: `${name} is not answered by this test` })
      return answer(...input)
    }
    const [domain, operation] = name.split('.') as [keyof Client, string]
    vi.spyOn(api[domain] as Record<string, typeof run>, operation).mockImplementation(run)
  }
  return api
}

/** A promise that is settled by hand, to look at what shows meanwhile. */
export function later<T>() {
  return Promise.withResolvers<T>()
}
