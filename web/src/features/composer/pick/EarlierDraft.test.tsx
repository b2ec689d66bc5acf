import { screen, waitFor } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { composerUnderTest } from '../composer-under-test.tsx'
import { changeDraft, newDraft } from '../draft/draft.ts'
import { recordOf } from '../draft/draft-record.ts'
import { EarlierDraft } from './EarlierDraft.tsx'

const source = {
  id: 'a',
  file: new Blob(['a']),
  name: 'a.jpg',
  kind: 'photo' as const,
  type: 'image/jpeg' as const,
}
const draft = changeDraft(newDraft('d1'), { type: 'added', sources: [source] })
const record = recordOf(draft, { ownerId: 'ana', savedAt: 0, sharing: null, tickets: new Map() })

async function open() {
  const composer = composerUnderTest()
  const view = await composer.show(<EarlierDraft />)
  composer.session.earlier.set(record)
  await screen.findByText('Continue where you left off')
  return { ...composer, ...view }
}

describe('a draft of an earlier visit', () => {
  it('is gone on with', async () => {
    const { session, user } = await open()
    const go = vi.spyOn(session, 'continueEarlier')
    await user.click(screen.getByRole('button', { name: 'Continue' }))
    expect(go).toHaveBeenCalledOnce()
  })

  it('is forgotten', async () => {
    const { session, user } = await open()
    await user.click(screen.getByRole('button', { name: 'Discard draft' }))
    expect(session.earlier.get()).toBeNull()
    await waitFor(() => expect(screen.queryByText('Continue where you left off')).toBeNull())
  })
})
