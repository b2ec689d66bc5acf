import { describe, expect, test } from 'vitest'
import { type Consumer, consumer } from '../engines/event-log/port.ts'
import { startWorker } from './worker.ts'

const listening = (group: string): Consumer =>
  consumer({ group, types: ['post.liked'], handle: async () => {} })

/** An event log that knows who listens; one group of it may refuse. */
function log(refused?: string) {
  const groups = new Set<string>()
  return {
    groups,
    async subscribe({ group }: Consumer): Promise<AsyncDisposable> {
      if (group === refused) throw new Error('refused')
      groups.add(group)
      return {
        async [Symbol.asyncDispose]() {
          groups.delete(group)
        },
      }
    },
  }
}

describe('the worker', () => {
  test('starts every consumer, and stops every one', async () => {
    const events = log()
    const worker = await startWorker({ events, consumers: [listening('one'), listening('two')] })
    expect([...events.groups]).toEqual(['one', 'two'])
    await worker[Symbol.asyncDispose]()
    expect(events.groups.size).toBe(0)
  })

  test('stops those it started where one cannot be', async () => {
    const events = log('two')
    const starting = startWorker({
      events,
      consumers: [listening('one'), listening('two'), listening('three')],
    })
    await expect(starting).rejects.toThrow('refused')
    expect(events.groups.size).toBe(0)
  })

  test('refuses two consumers of one name: each would see half of what happens', async () => {
    const starting = startWorker({ events: log(), consumers: [listening('one'), listening('one')] })
    await expect(starting).rejects.toThrow('"one"')
  })
})
