import type { Tx } from '../../engines/db/port.ts'
import type { Outbox } from '../../engines/outbox/port.ts'
import { removeEntries } from './circle-store.ts'

/** A member is in none of the owner's circles any more, or not in one of them. */
export async function leaveCircles(
  tx: Tx,
  outbox: Pick<Outbox, 'append'>,
  from: Parameters<typeof removeEntries>[1],
): Promise<void> {
  const gone = await removeEntries(tx, from)
  if (gone.length === 0) return
  await outbox.append(
    tx,
    gone.map((payload) => ({ type: 'circle.member_removed' as const, payload })),
  )
}
