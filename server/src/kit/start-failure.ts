/** Why Tintype cannot start, in one sentence for the person who started it. Ends the process with code 1, without a stack. */
export class StartFailure extends Error {
  constructor(sentence: string, cause?: unknown) {
    super(sentence, { cause })
    this.name = 'StartFailure'
  }
}
