import { describeFailure } from './settings.ts'

/** Answers the exit code of a command: what it cannot do is told in a sentence, and what it opened is closed either way. */
export async function command(work: (stack: AsyncDisposableStack) => Promise<number>): Promise<number> {
  const stack = new AsyncDisposableStack()
  try {
    return await work(stack)
  } catch (error) {
    console.error(describeFailure(error))
    return 1
  } finally {
    await stack.disposeAsync()
  }
}
