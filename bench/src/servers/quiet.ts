import { setTimeout as pause } from 'node:timers/promises'
import type { Server } from './tintype.ts'

/** Waits until the server has done what follows from the writes so far: no event waits in any group. */
export async function untilQuiet(server: Pick<Server, 'host' | 'port'>, seconds = 300): Promise<void> {
  const deadline = performance.now() + seconds * 1000
  for (let still = 0; still < 3; ) {
    if (performance.now() > deadline) throw new Error(`events still wait after ${seconds} s`)
    still = (await eventsWait(server)) ? 0 : still + 1
    await pause(50)
  }
}

async function eventsWait({ host, port }: Pick<Server, 'host' | 'port'>): Promise<boolean> {
  const metrics = await (await fetch(`http://${host}:${port}/metrics`)).text()
  return [...metrics.matchAll(/^tintype_event_backlog\{[^}]*\} (\d+)/gm)].some(([, count]) => count !== '0')
}
