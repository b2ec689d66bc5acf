import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { localOf } from '../../../things/scheduling/when.ts'
import { composerUnderTest, photo } from '../composer-under-test.tsx'
import { publications } from '../publishing/publication.ts'
import { ComposerDialog } from './ComposerDialog.tsx'

async function open() {
  const composer = composerUnderTest()
  const onClose = vi.fn()
  const view = await composer.show(<ComposerDialog onClose={onClose} />)
  await screen.findByRole('dialog', { name: 'New post' })
  const [input] = document.querySelectorAll<HTMLInputElement>('input[type=file]')
  if (!input) throw new Error('no way to choose files')
  const choose = (...files: File[]) => view.user.upload(input, files)
  const press = (name: string) => view.user.click(screen.getByRole('button', { name }))
  return { ...composer, ...view, onClose, choose, press }
}

describe('the composer', () => {
  it('leads from choosing to a shared post', async () => {
    const { server, onClose, choose, press, user } = await open()
    const confirm = vi.spyOn(server.client.posts, 'confirm')
    await choose(photo('a.jpg'), photo('b.jpg'))
    await user.click(await screen.findByRole('radio', { name: '1:1' }))
    await press('Next')
    await user.click(screen.getByRole('radio', { name: 'Sepia' }))
    await press('Next')
    await user.type(screen.getByRole('textbox', { name: 'Caption' }), 'Low tide')
    await user.type(screen.getByRole('textbox', { name: 'Description of picture 1' }), 'A boat on mud')
    await user.type(screen.getByRole('combobox', { name: 'Place' }), 'The pier')
    await user.selectOptions(screen.getByRole('combobox', { name: 'Who can comment' }), 'Nobody')
    await press('Share')
    expect(onClose).toHaveBeenCalledOnce()
    await waitFor(() => expect(publications.get()[0]?.stage).toBe('published'))
    expect(confirm.mock.calls[0]?.[0].body).toEqual({
      upload_ids: ['upload-1', 'upload-2'],
      caption: 'Low tide',
      location: { name: 'The pier' },
      comments_from: 'off',
      alt_texts: ['A boat on mud', ''],
      edits: [{ crop: { x: 0.125, y: 0, width: 0.75, height: 1 }, filter: 'sepia', strength: 1 }, {}],
    })
  })

  it('leaves a post for a time that is chosen on the member’s own clock', async () => {
    const { server, choose, press, user } = await open()
    const create = vi.spyOn(server.client.scheduled, 'create')
    await choose(photo('a.jpg'))
    for (const _ of [1, 2]) await press('Next')
    await user.click(screen.getByRole('switch', { name: /Publish later/ }))
    const when = screen.getByLabelText('Publish at')
    fireEvent.change(when, { target: { value: '2001-01-01T00:00' } })
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Schedule' }).disabled).toBe(true)
    const at = new Date(Date.now() + 86_400_000)
    at.setSeconds(0, 0)
    fireEvent.change(when, { target: { value: localOf(at) } })
    await press('Schedule')
    await waitFor(() => expect(publications.get()[0]?.scheduledAt).toBe(at.toISOString()))
    expect(create.mock.calls[0]?.[0].body).toMatchObject({ publish_at: at.toISOString(), caption: '' })
  })

  it('loses nothing on the way back', async () => {
    const { choose, press, user } = await open()
    await choose(photo('a.jpg'))
    await press('Next')
    await user.click(screen.getByRole('radio', { name: 'Noir' }))
    await press('Next')
    await user.type(screen.getByRole('textbox', { name: 'Caption' }), 'Kept')
    await press('Back')
    expect(screen.getByRole('radio', { name: 'Noir' })).toHaveProperty('checked', true)
    await press('Back')
    await press('Next')
    await press('Next')
    expect(screen.getByRole('textbox', { name: 'Caption' })).toHaveProperty('value', 'Kept')
  })

  it('starts each step at its own beginning, so that two quick presses do not share', async () => {
    const { choose, press } = await open()
    await choose(photo('a.jpg'))
    await press('Next')
    expect(document.activeElement).toBe(screen.getByRole('region', { name: 'Edit' }))
  })

  it('closes at once while it is empty, and asks when it is not', async () => {
    const { onClose, choose, user, session } = await open()
    await user.keyboard('{Escape}')
    expect(onClose).toHaveBeenCalledOnce()
    await choose(photo('a.jpg'))
    await user.keyboard('{Escape}')
    expect(onClose).toHaveBeenCalledOnce()
    await user.click(await screen.findByRole('button', { name: 'Discard' }))
    await waitFor(() => expect(onClose).toHaveBeenCalledTimes(2))
    expect(session.draft.get().sources.size).toBe(0)
  })

  it('undoes by keys, but leaves a text its own undo', async () => {
    const { choose, press, user, session } = await open()
    await choose(photo('a.jpg'))
    await user.click(screen.getByRole('radio', { name: '16:9' }))
    await user.keyboard('{Control>}z{/Control}')
    expect(session.draft.get().shots.present[0]?.framing.shape).toBe('original')
    await user.keyboard('{Control>}{Shift>}z{/Shift}{/Control}')
    expect(session.draft.get().shots.present[0]?.framing.shape).toBe('16:9')
    await press('Next')
    await press('Next')
    await user.click(screen.getByRole('textbox', { name: 'Caption' }))
    await user.keyboard('{Control>}z{/Control}')
    expect(session.draft.get().shots.present[0]?.framing.shape).toBe('16:9')
  })

  it('says which files stay out, until told that it was read', async () => {
    const { session, user } = await open()
    await session.addFiles([new File(['x'], 'notes.pdf', { type: 'application/pdf' }), photo('a.jpg')])
    const alert = await screen.findByText('One file could not be added')
    const list = alert.parentElement
    expect(list && within(list).getByText('notes.pdf')).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Dismiss' }))
    expect(screen.queryByText('One file could not be added')).toBeNull()
  })

  it('says that a picture cannot be seen here, and takes it all the same', async () => {
    const { choose, user } = await open()
    await choose(photo('a.jpg'))
    expect(await screen.findByText('Preview appears after upload')).toBeDefined()
    await user.click(screen.getByRole('radio', { name: '4:5' }))
    expect(screen.getByText('Cut to 4:5 around its middle')).toBeDefined()
  })

  it('does not share a caption that is too long', async () => {
    const { choose, press, session } = await open()
    await choose(photo('a.jpg'))
    await press('Next')
    await press('Next')
    session.dispatch({ type: 'wrote', text: { caption: 'x'.repeat(2203) } })
    expect(await screen.findByText('3 characters too many')).toBeDefined()
    expect(screen.getByRole('button', { name: 'Share' })).toHaveProperty('disabled', true)
  })
})
