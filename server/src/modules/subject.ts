import type { Events, EventType, Media, SubjectRef, UserId, UserSummary } from '@tintype/contract'
import type { Tx } from '../engines/db/port.ts'
import type { Event } from '../engines/event-log/port.ts'

/** Answers the ids of those subjects, all of its kind, that the viewer (null: a visitor) may see. */
export type JudgeSubjects = (
  viewerId: UserId | null,
  subjects: readonly SubjectRef[],
) => Promise<ReadonlySet<string>>

/**
 * Who may fetch what is attached: everybody; who has a link, as long as its owner's account is what it was; or whoever the judge lets,
 * asked at each fetch for the viewer whom the link was made for.
 */
export type MediaAccess = 'public' | 'link' | JudgeSubjects

export interface MediaTerms {
  access: MediaAccess
  /** When it is for fewer than before by itself (milliseconds since 1970): no cache keeps it beyond. Never unless given. */
  until?(subject: SubjectRef): number
}

/** What is shown of a thing where others point at it. */
export interface SubjectPreview {
  subject: SubjectRef
  /** As OpenGraph calls it. */
  type: 'article' | 'profile'
  /** The path of its page. */
  address: string
  author: UserSummary
  /** As the viewer reads it; empty where there is none. */
  text: string
  /** Its first picture, or that of what it stands under. */
  picture: Media | null
}

/** A thing as moderators see it, whoever may see it. */
export interface LookedAt {
  /** Whose it is. */
  member_id: UserId
  /** What it says. */
  text: string
  media: Media[]
  address: string
  sensitive: boolean
  removed: boolean
}

/** One message of a copy that its reporter hands over. */
export interface CopiedText {
  sender_id: UserId | null
  text: string
  attachments: number
  reported: boolean
  sent_at: string
}

/**
 * What moderators may do with things of a kind, each in the transaction of their act. Each answers false where it is so already, or where
 * the thing is gone.
 */
export interface Moderated {
  /** By id; absent: gone. What stands between some members alone says whose it is, and no more. */
  look(subjects: readonly SubjectRef[]): Promise<ReadonlyMap<string, LookedAt>>
  /** Nobody but its author sees it; until `restore`. */
  remove?(tx: Tx, subject: SubjectRef): Promise<boolean>
  restore?(tx: Tx, subject: SubjectRef): Promise<boolean>
  /** For good, after the time in which it could be given back. */
  purge?(tx: Tx, subject: SubjectRef): Promise<void>
  mark?(tx: Tx, subject: SubjectRef, sensitive: boolean): Promise<boolean>
  /** The thing with a few around it, as its reporter sees them. */
  copy?(reporterId: UserId, subject: SubjectRef): Promise<CopiedText[]>
}

/** What a module says of one kind of thing that others point at. */
export interface SubjectKind {
  kind: string
  visible: JudgeSubjects
  /** By id, for those that `visible` answers and no others. */
  previews(
    viewerId: UserId | null,
    subjects: readonly SubjectRef[],
  ): Promise<ReadonlyMap<string, SubjectPreview>>
  /** Whose page has this path; whether it may be seen is not asked yet. */
  at?(path: string): Promise<SubjectRef | undefined>
  /** What such a thing stands under, and is not seen without. */
  within?(subject: SubjectRef): SubjectRef
  /** The purposes for which media may be attached, each with its access. Media attached for another one are nobody's to see. */
  media?: { readonly [purpose: string]: MediaTerms }
  /** Where such things can be reported. */
  moderated?: Moderated
  /** The events by which such things end: what is attached to them goes too. */
  ends?: { readonly [T in EventType]?: (payload: Events[T]) => SubjectRef[] }
}

/** The same for the same thing. */
export const subjectKey = ({ kind, id }: SubjectRef): string => `${kind} ${id}`

/**
 * Every kind that a module of this process serves. Of other kinds nothing may be seen. The kinds are asked for when they are first
 * needed, as some modules that serve them are built on this.
 */
export class Subjects {
  readonly #all: () => readonly SubjectKind[]
  #byName: ReadonlyMap<string, SubjectKind> | undefined

  constructor(all: () => readonly SubjectKind[]) {
    this.#all = all
  }

  /** The keys (`subjectKey`) of those that the viewer may see. */
  async visible(viewerId: UserId | null, subjects: readonly SubjectRef[]): Promise<Set<string>> {
    const keys = await Promise.all(
      [...Map.groupBy(subjects, ({ kind }) => kind)].map(async ([kind, some]) => {
        const ids = await this.#kinds().get(kind)?.visible(viewerId, some)
        return some.filter(({ id }) => ids?.has(id)).map(subjectKey)
      }),
    )
    return new Set(keys.flat())
  }

  /** The same with what is shown of them, by key. */
  async previews(
    viewerId: UserId | null,
    subjects: readonly SubjectRef[],
  ): Promise<Map<string, SubjectPreview>> {
    const found = await Promise.all(
      [...Map.groupBy(subjects, ({ kind }) => kind)].map(async ([kind, some]) => {
        const previews = await this.#kinds().get(kind)?.previews(viewerId, some)
        return some.flatMap((subject) => {
          const preview = previews?.get(subject.id)
          return preview ? [[subjectKey(subject), preview] as const] : []
        })
      }),
    )
    return new Map(found.flat())
  }

  /** Whose page has this path. */
  async at(path: string): Promise<SubjectRef | undefined> {
    for (const { at } of this.#kinds().values()) {
      const subject = await at?.(path)
      if (subject) return subject
    }
    return undefined
  }

  /** What it stands under, or itself. */
  place(subject: SubjectRef): SubjectRef {
    return this.#kinds().get(subject.kind)?.within?.(subject) ?? subject
  }

  /** What moderators do with such things; undefined: nothing. */
  moderated(kind: string): Moderated | undefined {
    return this.#kinds().get(kind)?.moderated
  }

  /** Undefined where no kind states it: then nobody may. */
  mediaAccess({ kind }: SubjectRef, purpose: string): MediaAccess | undefined {
    return this.#terms(kind, purpose)?.access
  }

  /** Milliseconds since 1970, see MediaTerms. */
  mediaUntil(subject: SubjectRef, purpose: string): number | undefined {
    return this.#terms(subject.kind, purpose)?.until?.(subject)
  }

  #terms(kind: string, purpose: string): MediaTerms | undefined {
    const media = this.#kinds().get(kind)?.media
    return media && Object.hasOwn(media, purpose) ? media[purpose] : undefined
  }

  /** Those that media can be attached to. */
  withMedia(): Subjects {
    return new Subjects(() => this.#all().filter(({ media }) => media))
  }

  endTypes(): EventType[] {
    return [...this.#kinds().values()].flatMap(({ ends = {} }) => Object.keys(ends) as EventType[])
  }

  /** What ended with an event. */
  ended({ type, payload }: Event): SubjectRef[] {
    return [...this.#kinds().values()].flatMap(({ ends }) => {
      const of = ends?.[type] as ((payload: Event['payload']) => SubjectRef[]) | undefined
      return of?.(payload) ?? []
    })
  }

  #kinds(): ReadonlyMap<string, SubjectKind> {
    this.#byName ??= byName(this.#all())
    return this.#byName
  }
}

function byName(all: readonly SubjectKind[]): Map<string, SubjectKind> {
  const kinds = new Map(all.map((one) => [one.kind, one]))
  if (kinds.size < all.length) throw new Error('two modules serve subjects of one kind')
  return kinds
}
