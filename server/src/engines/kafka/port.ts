export interface KafkaSettings {
  /** `host:port`; none: the log is read from the outbox itself. */
  brokers: string[]
  /** The one topic of a community. */
  topic: string
  user: string
  password: string
  tls: boolean
  /** -1: for ever. */
  retentionHours: number
}

export interface KafkaRecord {
  offset: number
  /** Undefined for what is no event. */
  key: string | undefined
  value: string
}

export interface NewRecord {
  partition: number
  key: string | undefined
  value: string
}

/** What was found at a place, and the number of what comes next there. */
export interface Found {
  records: readonly KafkaRecord[]
  next: number
}

/** The topic is gone, or another one of the same name stands in its place. */
export class TopicLost extends Error {}

/** What is asked for is not kept any more, or never was. */
export class OutOfRange extends Error {}

export interface Bounds {
  /** Of the first record that is kept, by partition. */
  first: readonly number[]
  /** Of the record that comes next. */
  next: readonly number[]
}

/** Whom what is appended is told to. */
export interface Follower {
  /** By partition, where to go on. Asked before each read. */
  places(): ReadonlyMap<number, number>
  take(partition: number, found: Found): void
  /** Reads go on after a while, unless nobody asks for anything. */
  onError(error: unknown): void
}

/** A topic as a log of several parts. Every wait has a limit; whatever fails may be tried again. */
export interface KafkaTopic extends AsyncDisposable {
  /** Of the topic that stands there now: one that was deleted and made again has another. */
  id(): Promise<string>
  bounds(): Promise<Bounds>
  /**
   * Resolves once all copies that are in step have all of it, each partition's in the order given. When it rejects, some may be
   * there, or come to be there later, though never one without those before it. One call at a time. Answers, by partition, the number
   * that the first record of it has got.
   */
  append(records: readonly NewRecord[]): Promise<ReadonlyMap<number, number>>
  /** What stands at a place now. Throws OutOfRange and TopicLost. */
  read(partition: number, offset: number): Promise<Found>
  /** Tells of what is appended, within milliseconds. */
  follow(follower: Follower): { wake(): void; stop(): Promise<void> }
  /** Makes a new topic in the place of this one, which is thrown away. */
  renew(): Promise<void>
}
