import type { Broadcast } from './port.ts'
import type { PostgresBroadcastOptions } from './postgres/broadcast.ts'

/** In this process at once, to the others by NOTIFY. */
export async function openBroadcast(options: PostgresBroadcastOptions): Promise<Broadcast> {
  const { openPostgresBroadcast } = await import('./postgres/broadcast.ts')
  return openPostgresBroadcast(options)
}
