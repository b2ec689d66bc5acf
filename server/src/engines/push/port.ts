/** Where a push goes: a browser's subscription, or an app on a phone. */
export type PushTarget =
  | { kind: 'web'; endpoint: string; p256dh: string; auth: string }
  | { kind: 'fcm'; token: string }
  | { kind: 'apns'; token: string }

export interface PushNote {
  /** `close` takes away what was shown under the tag. */
  action: 'show' | 'close'
  /** 1 to 32 letters, digits, `-_`: what comes later with the same tag takes the place of what is shown. */
  tag: string
  title: string
  body: string
  /** A path of the web app. */
  url: string
  /** How much is unread, for the app's icon. */
  badge: number
  /** Shown without a sound, as what it replaces had one. */
  quiet?: boolean
}

export interface PushTerms {
  urgency: 'high' | 'normal' | 'low'
  /** Seconds after which nobody wants to see it any more. */
  ttl: number
}

/**
 * `gone`: nothing will ever reach this target. `refused`: this note will never be taken. `later`: the host asks to wait, or does not answer;
 * `afterMs` as it said, if it did.
 */
export type PushOutcome =
  | { status: 'taken' }
  | { status: 'gone' }
  | { status: 'refused'; reason: string }
  | { status: 'later'; afterMs?: number; reason: string }

/** Hands notes to push services, which bring them to devices. Knows nothing of members. */
export interface Push extends AsyncDisposable {
  /** What a browser needs to subscribe: the public half of the key that signs (VAPID), base64url. The same after a restart. */
  readonly publicKey: string
  /** Which kinds of targets notes can be sent to. */
  readonly kinds: readonly PushTarget['kind'][]
  /** Whether a target can be one at all: of a kind that is sent to, whole, and not an address of the community's own network. */
  accepts(target: PushTarget): boolean
  /** Targets of one host are slow, or ask to wait, together. */
  hostOf(target: PushTarget): string
  /** Never rejects, and settles within fifteen seconds however the host behaves. Asks no host twice. */
  send(target: PushTarget, note: PushNote, terms: PushTerms): Promise<PushOutcome>
}
