import type { Consumer, FetchOptions } from '@platformatic/kafka'
import type { Found, KafkaRecord } from './port.ts'

const PARTITION_BYTES = 1024 * 1024
const ANSWER_BYTES = 4 * PARTITION_BYTES

type FetchResponse = Awaited<ReturnType<Consumer['fetch']>>
type Request = FetchOptions<Buffer, Buffer, Buffer, Buffer>

export const request = (
  topicId: string,
  node: number,
  places: ReadonlyMap<number, number>,
  maxWaitTime: number,
): Request => ({
  node,
  minBytes: 1,
  maxBytes: ANSWER_BYTES,
  maxWaitTime,
  topics: [
    {
      topicId,
      partitions: [...places].map(([partition, offset]) => ({
        partition,
        currentLeaderEpoch: -1,
        fetchOffset: BigInt(offset),
        lastFetchedEpoch: -1,
        partitionMaxBytes: PARTITION_BYTES,
      })),
    },
  ],
})

/** By partition. A batch is answered whole: what of it lies before the place is left out. */
export function foundIn(response: FetchResponse, places: ReadonlyMap<number, number>): Map<number, Found> {
  const all = new Map<number, Found>()
  for (const { partitions } of response.responses)
    for (const { partitionIndex, records: batches } of partitions) {
      let next = places.get(partitionIndex) ?? 0
      const records: KafkaRecord[] = []
      for (const batch of batches ?? [])
        for (const { offsetDelta, key, value } of batch.records) {
          const offset = Number(batch.firstOffset) + offsetDelta
          if (offset < next) continue
          next = offset + 1
          records.push({ offset, key: key?.toString(), value: value?.toString() ?? '' })
        }
      if (records.length > 0) all.set(partitionIndex, { records, next })
    }
  return all
}
