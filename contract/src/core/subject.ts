/**
 * How one thing points at another, whatever that is: media at what they belong to, a notification at what it is about. `kind` is
 * the word under which a module serves such things (`post`, `comment`, `member`), `partition` the id beside which its rows lie: a
 * comment's post, mostly its own. What may be seen of it, and by whom, only the kind's module knows.
 */
export interface SubjectRef<Kind extends string = string> {
  readonly kind: Kind
  readonly id: string
  readonly partition: string
}
