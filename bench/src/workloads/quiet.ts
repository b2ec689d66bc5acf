import { setTimeout as pause } from 'node:timers/promises'
import type { Stage } from '../stage.ts'

/** Waits until the server has done what follows from the writes so far: no event waits in any group. */
export async function untilQuiet(stage: Stage, seconds = 300): Promise<void> {
  const deadline = performance.now() + seconds * 1000
  for (let still = 0; still < 3; ) {
    if (performance.now() > deadline) throw new Error(`events still wait after ${seconds} s`)
    still = (await eventsWait(stage)) ? 0 : still + 1
    await pause(50)
  }
}

async function eventsWait({ tintype }: Stage): Promise<boolean> {
  const metrics = await (await fetch(`http://${tintype.host}:${tintype.port}/metrics`)).text()
  return [...metrics.matchAll(/^tintype_event_backlog\{[^}]*\} (\d+)/gm)].some(([, count]) => count !== '0')
}
