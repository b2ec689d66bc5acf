import { screen, waitFor, within } from '@testing-library/react'
import { describe, expect, it } from 'vitest'
import { composerUnderTest, photo } from '../composer-under-test.tsx'
import { publications } from '../publishing/publication.ts'
import { UploadChip } from './UploadChip.tsx'

async function open(...names: string[]) {
  const composer = composerUnderTest()
  await composer.session.addFiles(names.map(photo))
  const view = await composer.show(<UploadChip />)
  return { ...composer, ...view }
}

const leave = () => {
  const event = new Event('beforeunload', { cancelable: true })
  window.dispatchEvent(event)
  return event.defaultPrevented ? 'asked' : 'free'
}

describe('the chip', () => {
  it('follows a post, file by file, and warns who would leave', async () => {
    const { network, session, user } = await open('a', 'b')
    network.set(false)
    await session.share()
    expect(await screen.findByText('No connection. It goes on by itself.')).toBeDefined()
    expect(leave()).toBe('asked')
    await user.click(screen.getByRole('button', { name: 'Progress by file' }))
    expect(
      within(screen.getByRole('list', { name: 'Progress by file' })).getAllByRole('listitem'),
    ).toHaveLength(2)
    network.set(true)
    expect(await screen.findByText('Your post is up')).toBeDefined()
    expect(publications.get()).toEqual([])
    expect(leave()).toBe('free')
  })

  it('leads to the post', async () => {
    const { session, user, path } = await open('a')
    await session.share()
    await user.click(await screen.findByRole('button', { name: 'View' }))
    await waitFor(() => expect(path()).toMatch(/^\/p\/post-/))
  })

  it('says why it failed, and tries again', async () => {
    const { server, session, user } = await open('a')
    server.faults.set('confirm', ['quota_exceeded'])
    await session.share()
    expect(await screen.findByText('You have posted the most that is allowed in one day.')).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Try again' }))
    expect(await screen.findByText('Your post is up')).toBeDefined()
  })

  it('takes a failed post back for editing, or away', async () => {
    const { server, session, user } = await open('a')
    server.faults.set('confirm', ['too_many_tags', 'too_many_tags'])
    await session.share()
    await user.click(await screen.findByRole('button', { name: 'Edit again' }))
    expect(session.draft.get().shots.present).toHaveLength(1)
    expect(publications.get()).toEqual([])

    await session.share()
    await user.click(await screen.findByRole('button', { name: 'Discard' }))
    const dialog = await screen.findByRole('alertdialog')
    await user.click(within(dialog).getByRole('button', { name: 'Discard' }))
    await waitFor(() => expect(publications.get()).toEqual([]))
    expect(server.posts.size).toBe(0)
  })
})
