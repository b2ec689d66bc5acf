import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { hasEnded } from '@tintype/server/engines/db/embedded/process'

/** Resolves when it is gone; what never was, or is gone already, is. */
export async function endProcess(child: ChildProcess | undefined, signal: NodeJS.Signals): Promise<void> {
  if (!child || hasEnded(child)) return
  const gone = once(child, 'exit')
  child.kill(signal)
  await gone
}
