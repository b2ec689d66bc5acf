import { newId } from '@tintype/server/kit/ids'
import type { Ask } from '../load/job.ts'
import { only, type Stage } from '../stage.ts'

/** The reference: Fastify and one durable insert into a table like that of the likes. */
export async function measureInsert(stage: Stage, workload: string, many: number): Promise<void> {
  await using server = await stage.reference('insert')
  const asks = Array.from({ length: 2 * many }, (): Ask => {
    return { method: 'POST', path: '/', body: { post_id: newId(), user_id: newId(), like_id: newId() } }
  })
  const traffic = only('insert', asks, { kind: 'bytes' }, 'once')
  await stage.measure(workload, 'reference: one insert', traffic, { connections: 16, server })
}
