import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it, vi } from 'vitest'
import { fakeApi } from '../../../testing/fake-api.ts'
import { userHits } from '../../../testing/things.ts'
import { jpeg, mp4, storyUnderTest } from '../story-under-test.tsx'
import { StoryDialog } from './StoryDialog.tsx'

async function open() {
  const composer = storyUnderTest()
  const onClose = vi.fn()
  const view = await composer.show(<StoryDialog onClose={onClose} />)
  await screen.findByRole('dialog', { name: 'New story' })
  const press = (name: string) => view.user.click(screen.getByRole('button', { name }))
  const { session } = composer
  const things = () => session.scene.things
  const only = () => {
    const [thing, ...others] = things()
    if (!thing || others.length > 0) throw new Error(`${things().length} things`)
    return thing
  }
  return { ...composer, ...view, onClose, press, things, only }
}

/** On the plain ground, with the panel of a sticker of this kind open. */
async function openSticker(kind: string) {
  const opened = await open()
  await opened.press('Write without a picture')
  await opened.press('Stickers')
  await opened.press(kind)
  return opened
}

describe('the story composer', () => {
  it('leads from words alone to a shared story', async () => {
    const { press, user, server, onClose } = await open()
    await press('Write without a picture')
    expect(screen.getByRole('button', { name: 'Next' })).toHaveProperty('disabled', true)
    await press('Text')
    expect(document.activeElement).toBe(screen.getByRole('textbox', { name: 'Your text' }))
    await user.keyboard('Low tide')
    await user.click(screen.getByRole('radio', { name: 'Typewriter' }))
    await user.click(screen.getByRole('switch', { name: 'On a background' }))
    await press('Done')
    // What was made has the focus and can be moved at once.
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Text: Low tide' }))
    await press('Done')
    await press('Background')
    await user.click(screen.getByRole('radio', { name: 'Lake' }))
    await press('Done')
    await press('Next')
    expect(screen.getByRole('textbox', { name: 'Description' })).toHaveProperty('value', 'Low tide')
    await user.click(screen.getByRole('radio', { name: /Close friends/ }))
    await user.click(screen.getByRole('radio', { name: /Nobody/ }))
    await press('Share story')
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce())
    await waitFor(() => expect(server.stories.size).toBe(1))
    expect(server.client.create.mock.calls[0]?.[0]).toMatchObject({
      body: { alt_text: 'Low tide', audience: 'close_friends', replies: 'off', stickers: [] },
    })
  })

  it('takes the first picture that is pasted, and says why a file stays out', async () => {
    const { session } = await open()
    await session.addFiles([new File(['x'], 'notes.pdf', { type: 'application/pdf' })])
    expect((await screen.findByRole('alert')).textContent).toMatch(/JPEG, PNG, WebP/)
    await session.addFiles([jpeg('a.jpg'), jpeg('b.jpg')])
    expect(await screen.findByRole('application', { name: 'The picture of this story' })).toBeDefined()
    expect(session.draft.get().files.size).toBe(1)
  })

  it('says which part of a film is shown, a minute at most, and silences it', async () => {
    const composer = storyUnderTest({ seconds: 90 })
    const { user } = await composer.show(<StoryDialog onClose={() => {}} />)
    await composer.session.addFiles([mp4('boat.mp4')])
    await user.click(await screen.findByRole('button', { name: 'Picture' }))
    fireEvent.change(screen.getByRole('slider', { name: 'Begins at' }), { target: { value: '20' } })
    fireEvent.change(screen.getByRole('slider', { name: 'Ends at' }), { target: { value: '85' } })
    await user.click(screen.getByRole('switch', { name: 'Without its sound' }))
    expect(composer.session.scene.picture?.film).toEqual({ start: 25, end: 85, mute: true })
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(composer.session.scene.picture?.film?.mute).toBe(false)
  })

  it('does not take a picture that cannot be drawn on here', async () => {
    const composer = storyUnderTest({ preview: { state: 'unseen', size: undefined } })
    await composer.show(<StoryDialog onClose={() => {}} />)
    await composer.session.addFiles([jpeg('a.jpg')])
    expect((await screen.findByRole('alert')).textContent).toMatch(/cannot open this picture/)
    expect(composer.session.draft.get().begun).toBe(false)
  })

  it('moves, scales, turns, edits and removes a thing by keys alone, and takes each back', async () => {
    const { user, only, press, session } = await openSticker('Poll')
    await user.type(screen.getByRole('textbox', { name: 'Answer 1' }), 'Tea')
    expect(screen.getByRole('button', { name: 'Add to the story' })).toHaveProperty('disabled', true)
    await user.type(screen.getByRole('textbox', { name: 'Answer 2' }), 'Coffee{Enter}')
    const poll = screen.getByRole('button', { name: 'Poll' })
    poll.focus()
    const first = only().place
    await user.keyboard('{ArrowUp}{ArrowUp}-]')
    const moved = only().place
    expect(moved.y).toBeLessThan(first.y)
    expect(moved.size).toBeLessThan(first.size)
    expect(moved.rotation).toBe(6)
    await user.keyboard('{Control>}z{/Control}')
    expect(only().place).toEqual(first)
    await user.keyboard('{Enter}')
    const answer = screen.getByRole('textbox', { name: 'Answer 1' })
    expect(answer).toHaveProperty('value', 'Tea')
    await user.clear(answer)
    await user.type(answer, 'Cocoa{Enter}')
    expect(only()).toMatchObject({ sticker: { options: ['Cocoa', 'Coffee'] } })
    screen.getByRole('button', { name: 'Poll' }).focus()
    await user.keyboard('{Delete}')
    expect(session.scene.things).toEqual([])
    await press('Undo')
    expect(only()).toMatchObject({ kind: 'sticker' })
  })

  it('does by single presses what a drag and a pinch do', async () => {
    const { user, only, press } = await openSticker('Question')
    await user.type(screen.getByRole('textbox', { name: 'Question' }), 'Where next?{Enter}')
    const tools = within(screen.getByRole('toolbar', { name: 'Change Question: Where next?' }))
    const { size } = only().place
    await user.click(tools.getByRole('button', { name: 'Bigger' }))
    await user.click(tools.getByRole('button', { name: 'Turn left' }))
    expect(only().place.size).toBeGreaterThan(size)
    expect(only().place.rotation).toBe(-6)
    await user.click(tools.getByRole('button', { name: /^Move/ }))
    const frame = document.querySelector('[data-frame]')
    if (!(frame instanceof HTMLElement)) throw new Error('no frame')
    frame.getBoundingClientRect = () => ({ left: 0, top: 0, width: 900, height: 1600 }) as DOMRect
    await user.pointer({ keys: '[MouseLeft]', target: frame, coords: { clientX: 450, clientY: 640 } })
    expect([only().place.x, only().place.y]).toEqual([0.5, 0.4])
    await press('Delete')
    expect(screen.getByRole('toolbar', { name: 'Add to the story' })).toBeDefined()
  })

  it('mentions whom it finds', async () => {
    fakeApi({ 'search.autocomplete': () => userHits('ben') })
    const { user, only } = await openSticker('Mention')
    const field = screen.getByRole('textbox', { name: 'Whom do you mention?' })
    expect(document.activeElement).toBe(field)
    await user.keyboard('be')
    await screen.findByRole('option', { name: /ben/ })
    await user.keyboard('{Enter}')
    expect(field).toHaveProperty('value', '@ben')
    await user.keyboard('{Enter}')
    expect(only()).toMatchObject({ sticker: { kind: 'mention', username: 'ben' } })
    expect(screen.getByRole('button', { name: 'Mention: @ben' })).toBeDefined()
  })

  it('draws by keys: Space puts the pen down, arrows lead it', async () => {
    const { user, press, session } = await open()
    await press('Write without a picture')
    await press('Draw')
    await user.click(screen.getByRole('radio', { name: 'Blue' }))
    screen.getByRole('application', { name: /^Drawing surface/ }).focus()
    await user.keyboard(' {ArrowRight}{ArrowDown} ')
    expect(session.scene.strokes).toMatchObject([
      { color: '#2f6fde', erases: false, points: [0.5, 0.5, 0.52, 0.5, 0.52, expect.any(Number)] },
    ])
    await user.click(screen.getByRole('radio', { name: 'Eraser' }))
    expect(screen.queryByRole('radio', { name: 'Blue' })).toBeNull()
  })

  it('closes at once while it is empty, and asks when it is not', async () => {
    const { user, press, session, onClose, shelved } = await open()
    await press('Write without a picture')
    await press('Emoji')
    await press('Fire')
    await user.keyboard('{Escape}')
    await user.click(await screen.findByRole('button', { name: 'Keep as draft' }))
    await waitFor(() => expect(onClose).toHaveBeenCalledOnce())
    expect([...shelved.values()]).toMatchObject([{ scene: { things: [{ emoji: '🔥' }] } }])
    await user.keyboard('{Escape}')
    await user.click(await screen.findByRole('button', { name: 'Discard' }))
    await waitFor(() => expect(onClose).toHaveBeenCalledTimes(2))
    expect(session.draft.get().begun).toBe(false)
    expect(shelved.size).toBe(0)
    await user.keyboard('{Escape}')
    expect(onClose).toHaveBeenCalledTimes(3)
  })

  it('offers the draft of an earlier visit', async () => {
    const { session, again, press, shelved } = await open()
    await press('Write without a picture')
    session.put({ kind: 'emoji', emoji: '🔥' }, { x: 0.5, y: 0.5, size: 0.2, rotation: 0 })
    await session.saveNow()
    expect(shelved.size).toBe(1)
    const next = again().session
    await next.lookForEarlier()
    expect(next.earlier.get()?.scene.things).toHaveLength(1)
    next.continueEarlier()
    expect(next.draft.get()).toMatchObject({ begun: true, id: session.draft.get().id })
  })
})

describe('the camera', () => {
  const devices = (getUserMedia: unknown) =>
    Object.defineProperty(navigator, 'mediaDevices', { configurable: true, value: { getUserMedia } })

  it.each([
    ['NotAllowedError', /was not allowed to use the camera/],
    ['NotFoundError', /No camera was found/],
    ['NotReadableError', /in use by something else/],
  ])('says what to do about %s', async (name, text) => {
    devices(() => Promise.reject(new DOMException('no', name)))
    const { press } = await open()
    await press('Use the camera')
    expect((await screen.findByRole('alert')).textContent).toMatch(text)
    await press('Back')
    expect(screen.getByRole('button', { name: 'Choose a picture or video' })).toBeDefined()
  })

  it('records a film, with sound where it may', async () => {
    const stop = vi.fn()
    const track = { stop }
    const stream = { getTracks: () => [track], getVideoTracks: () => [track], getAudioTracks: () => [track] }
    devices(async () => stream)
    HTMLMediaElement.prototype.play = async () => {}
    vi.stubGlobal(
      'MediaStream',
      class {
        getAudioTracks = () => [track]
      },
    )
    vi.stubGlobal('MediaRecorder', FakeRecorder)
    const { press, session } = await open()
    await press('Use the camera')
    await press('Record a video')
    await screen.findByText('Recording, a minute at most')
    await press('Stop recording')
    await waitFor(() => expect(session.scene.picture?.film).toMatchObject({ start: 0, mute: false }))
    expect(session.scene.picture?.film?.end).not.toBeNull()
    vi.unstubAllGlobals()
  })

  it('is closed when another one is opened, and when one leaves', async () => {
    const stop = vi.fn()
    const getUserMedia = vi.fn(async () => ({ getTracks: () => [{ stop }] }))
    devices(getUserMedia)
    HTMLMediaElement.prototype.play = async () => {}
    const { press, user } = await open()
    await press('Use the camera')
    await user.click(await screen.findByRole('button', { name: 'Use the front camera' }))
    await screen.findByRole('button', { name: 'Use the back camera' })
    expect(stop).toHaveBeenCalledOnce()
    expect(getUserMedia).toHaveBeenLastCalledWith(
      expect.objectContaining({ video: expect.objectContaining({ facingMode: 'user' }) }),
    )
    await press('Back')
    expect(stop).toHaveBeenCalledTimes(2)
  })
})

/** Gives an MP4 when it is stopped. */
class FakeRecorder extends EventTarget {
  static isTypeSupported = (type: string) => type === 'video/mp4'
  state = 'inactive'
  mimeType = 'video/mp4'
  start() {
    this.state = 'recording'
    this.dispatchEvent(new Event('start'))
  }
  stop() {
    this.state = 'inactive'
    this.dispatchEvent(Object.assign(new Event('dataavailable'), { data: mp4('recording.mp4') }))
    this.dispatchEvent(new Event('stop'))
  }
}
