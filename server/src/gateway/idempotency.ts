import { createHash } from 'node:crypto'
import { type RouteSpec, TintypeError } from '@tintype/contract'
import type { FastifyRequest } from 'fastify'
import { type IdempotencyStore, type KeyedRequest, LEASE_MS } from './idempotency-store.ts'

export interface Finished {
  status: number
  /** The whole envelope, as JSON. */
  body: string
}

/** Printable ASCII without blanks; 255 as the draft's examples bear. */
const KEY = /^[!-~]{1,255}$/

/**
 * The request as its `Idempotency-Key` stands for it; undefined where there is none. A multipart body is a stream that nobody
 * has read yet, so there the key stands for the operation alone.
 */
export function keyedRequest(
  name: string,
  spec: RouteSpec,
  request: FastifyRequest,
): KeyedRequest | undefined {
  const key = request.headers['idempotency-key']
  if (!spec.idempotent || key === undefined || request.viewer === null) return undefined
  if (typeof key !== 'string' || !KEY.test(key))
    throw new TintypeError('validation_failed', {
      details: { fields: { 'Idempotency-Key': 'Must be 1 to 255 printable characters without blanks.' } },
    })
  const body = spec.multipart ? null : (request.body ?? null)
  const request_hash = createHash('sha256')
    .update(JSON.stringify([name, request.params, body]))
    .digest()
  return { user_id: request.viewer.user_id, key, request_hash }
}

/**
 * Runs `work` once per key: the first attempt runs and its reply is kept; later ones are given that reply. A failed attempt
 * leaves nothing, so the client may correct and send again.
 */
export async function once(
  store: IdempotencyStore,
  request: KeyedRequest,
  work: (reservedId: string) => Promise<Finished>,
): Promise<Finished & { replayed: boolean }> {
  const claim = await store.claim(request)
  if (claim.outcome === 'replay') return { status: claim.status, body: claim.body, replayed: true }
  const held = { ...request, lease_id: claim.lease_id }
  const renewal = setInterval(() => void store.renew(held).catch(() => {}), LEASE_MS / 2)
  renewal.unref()
  let finished: Finished
  try {
    finished = await work(claim.reserved_id)
  } catch (error) {
    await store.release(held).catch(() => {})
    throw error
  } finally {
    clearInterval(renewal)
  }
  await store.finish(held, finished)
  return { ...finished, replayed: false }
}
