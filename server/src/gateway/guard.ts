import type { ErrorCode } from '@tintype/contract'
import type { FastifyRequest } from 'fastify'

/** What of an address is known: `exempt` is neither slowed nor challenged, `denied` is not answered. */
export type Verdict = 'exempt' | 'denied' | undefined

/** Who is let in. Asked before all else of a request, so it answers at once. */
export interface Guard {
  verdict(address: string): Verdict
  /** Calls back when who is let in has changed. */
  onChange(listener: () => void): void
  /** After it was answered. */
  observe(request: FastifyRequest): void
}

declare module 'fastify' {
  interface FastifyRequest {
    /** From an address of the allow list. */
    isExempt: boolean
    /** Why it was refused, once it was. */
    failure: ErrorCode | null
  }
}
