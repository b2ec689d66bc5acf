import { createCell, useCell } from '../kit/cell.ts'

const asked = createCell(false)
let waiting: ((proven: boolean) => void)[] = []

/** Asks the member, in one dialog for however many calls, to prove that it is them; false where they would rather not. */
export const askForProof = (): Promise<boolean> =>
  new Promise((resolve) => {
    waiting.push(resolve)
    asked.set(true)
  })

export function answerProof(proven: boolean): void {
  const answered = waiting
  waiting = []
  asked.set(false)
  for (const resolve of answered) resolve(proven)
}

export const useProofAsked = (): boolean => useCell(asked, () => false)
