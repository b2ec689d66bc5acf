/**
 * Words that stand side by side, as they were cut (see modules/search/cut.ts): one for a word between spaces, one for each pair of letters in a
 * script without spaces. An index only stores and compares them, letter by letter; they hold letters, marks, digits and emoji.
 */
export type Run = readonly string[]

/** Names a document: of a kind, ids are unique. */
export interface DocumentRef {
  kind: string
  id: string
}

export interface SearchDocument extends DocumentRef {
  /**
   * Of several writes of one document, removals included, the one with the highest version stays, in whatever order they come.
   * Whoever writes takes it before reading what the document is made of.
   */
  version: number
  /** Names that it goes by as a whole, each in one word. */
  whole: readonly string[]
  /** What it is called; what is found in here stands before what is found in `text`. */
  title: readonly Run[]
  text: readonly Run[]
  /** Order among equal matches, 0 to 1000; the whole part is a tier that an index may look through before those below. */
  rank: number
  /** Whose it is, if `owners` asks. */
  owner: string
  /** Nobody but its owner's own may see it where false. */
  is_open: boolean
}

export interface WantedRun {
  run: Run
  /** The last word of the run is only begun. */
  isPrefix: boolean
  /** May be mistyped, from 3 letters on: a letter left out, put in, exchanged, or swapped with its neighbour; from 6 on, two of the first three. */
  isForgiving: boolean
}

/** How well a document matches, best first. */
export const matches = ['whole', 'exact', 'prefix', 'text', 'fuzzy'] as const
export type Match = (typeof matches)[number]

/** Where a document stands in the answer: by match, then by rank, then by id, each highest first. */
export interface Place {
  match: Match
  rank: number
  id: string
}

export interface Hit extends Place {
  owner: string
}

export interface SearchQuery {
  kind: string
  /** In one word; what goes by just that comes first. */
  whole: string
  /** Each must match. Without any, nothing does. */
  wanted: readonly WantedRun[]
  /** Documents of the kind have a title alone: nothing is looked for in their text. */
  isTitled?: boolean
  /** Only theirs, of which there may be thousands. */
  owners?: readonly string[]
  /** Only what is open to everybody. */
  isOpen?: boolean
  /** Begins behind this place, whether or not a document stands there. */
  after?: Place
  /** At most 1000. */
  limit: number
}

/** A new index that is filled while the old one answers; what is written meanwhile is in both. */
export interface Generation extends AsyncDisposable {
  index(documents: readonly SearchDocument[]): Promise<void>
  /** It answers from now on, and the old one is gone. Rejects with `conflict` where another generation was begun since. */
  commit(): Promise<void>
}

/**
 * Finds documents by their words. It can be thrown away and made anew; whoever shows a hit asks the truth whether it may be seen. What
 * was written is found by every process once the call has answered. Nothing is known of viewers. What cannot be asked or written within
 * seconds rejects with `unavailable`; so does a query where no generation answers. A write then does nothing: what makes one reads the truth.
 */
export interface SearchIndex {
  /** Writes whole documents in place of what stands there. */
  index(documents: readonly SearchDocument[]): Promise<void>
  remove(documents: readonly (DocumentRef & { version: number })[]): Promise<void>
  /**
   * In the order of `Place`, each once. The match of a document is its best: `whole` by one of its names in one word; `exact` and `prefix` by
   * its title; `text` by title and text together; `fuzzy` like `text`, with forgiving words mistyped: where several are wanted, those that no document has.
   */
  query(query: SearchQuery): Promise<Hit[]>
  /** Begins a new generation; one that was begun before and not committed is given up. */
  rebuild(): Promise<Generation>
  /** A name of the generation that answers, which no other index gives to one of its own; undefined where none does. */
  generation(): Promise<string | undefined>
  /** Forgets removals older than so many seconds, which until then keep writes that they overtook from coming back. */
  sweep(olderThan: number): Promise<void>
  ping(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
