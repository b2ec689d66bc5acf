import { answerProof, useProofAsked } from '../../data/proof.ts'
import { lazyWhenOpen } from '../../ui/lazy-when-open.tsx'

const ProofDialog = lazyWhenOpen(() => import('./ProofDialog.tsx'))

/** Wherever a call is answered that the member must prove who they are. */
export const ProofSlot = () => <ProofDialog open={useProofAsked()} onAnswer={answerProof} />
