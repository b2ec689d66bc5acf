import type { Push, PushNote, PushOutcome, PushTarget, PushTerms } from './port.ts'

/** One way to send, to targets of one kind. */
export interface Sending<Target extends PushTarget> extends AsyncDisposable {
  accepts(target: Target): boolean
  hostOf(target: Target): string
  send(target: Target, note: PushNote, terms: PushTerms): Promise<PushOutcome>
}

export type Ways = { [K in PushTarget['kind']]?: Sending<Extract<PushTarget, { kind: K }>> }

/** All ways together, each for its kind; a kind that nothing is set up for takes nothing. */
export function throughAll(publicKey: string, ways: Ways): Push {
  const wayOf = (target: PushTarget) => ways[target.kind] as Sending<PushTarget> | undefined
  return {
    publicKey,
    kinds: Object.keys(ways) as PushTarget['kind'][],
    accepts: (target) => wayOf(target)?.accepts(target) ?? false,
    hostOf: (target) => wayOf(target)?.hostOf(target) ?? target.kind,
    async send(target, note, terms) {
      const way = wayOf(target)
      // Set up no longer: the app may be told again one day, but waits for nothing.
      if (!way) return { status: 'refused', reason: `nothing is set up for ${target.kind}` }
      return way.send(target, note, terms)
    },
    async [Symbol.asyncDispose]() {
      for (const way of Object.values(ways)) await way[Symbol.asyncDispose]()
    },
  }
}
