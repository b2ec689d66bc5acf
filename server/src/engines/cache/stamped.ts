import { Buffer } from 'node:buffer'
import type { SharedValues } from './port.ts'

/**
 * Values beside the stamp of the code that wrote them: code that is not the same may have kept them in another shape, so to it they are absent.
 * What one deletes is gone for all, so that old and new code may run side by side while a cluster is upgraded.
 */
export function stamped(values: SharedValues, stamp: Uint8Array): SharedValues {
  return {
    async get(keys) {
      const found = await values.get(keys)
      return found.map((bytes) =>
        bytes && Buffer.compare(bytes.subarray(0, stamp.length), stamp) === 0
          ? bytes.subarray(stamp.length)
          : undefined,
      )
    },
    set: (some, ttl) =>
      values.set(new Map([...some].map(([key, bytes]) => [key, Buffer.concat([stamp, bytes])])), ttl),
    del: (keys) => values.del(keys),
    ping: () => values.ping(),
    [Symbol.asyncDispose]: () => values[Symbol.asyncDispose](),
  }
}
