import { setTimeout as pause } from 'node:timers/promises'
import type { Stage } from '../stage.ts'
import { trafficOf } from './mix.ts'

const W = 'soak'
/** Requests per second: a good part of what two cores bear with all that follows from the writes. */
const RATE = 300
const MINUTES = 10

/** The mix for ten minutes, looking at the memory of each process every minute: is it bounded? */
export async function soak(stage: Stage): Promise<void> {
  const seconds = stage.options.quick ? 5 : MINUTES * 60
  const viewers = stage.viewers.some('ordinary', 2000)
  const traffic = await trafficOf(stage, viewers, Math.ceil(0.015 * RATE * seconds), 'soak')
  await stage.restart()
  let isOver = false
  const load = stage
    .measure(W, `${RATE} requests/s for ${seconds} s`, traffic, { connections: 64, rate: RATE, seconds })
    .finally(() => {
      isOver = true
    })
  const step = seconds / 10
  for (let at = 0; !isOver; at += step) {
    const parts = Object.entries(stage.tintype.usage().memory)
    const megabytes = Object.fromEntries(parts.map(([name, bytes]) => [name, Math.round(bytes / 2 ** 20)]))
    stage.figures.add(W, `memory after ${at} s, MB`, megabytes)
    await Promise.race([pause(step * 1000), load])
  }
  await load
}
