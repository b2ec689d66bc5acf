import { screen, waitFor, within } from '@testing-library/react'
import { type CollectionId, type PostId, TintypeError } from '@tintype/contract'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { entities } from '../../data/entities/entities.ts'
import { ingestPosts } from '../../data/entities/ingest.ts'
import { fakeApi, later } from '../../testing/fake-api.ts'
import { page, renderRoute } from '../../testing/render-route.tsx'
import { apiCollection, apiPost, mediaOf, meNamed, userHits, userNamed } from '../../testing/things.ts'
import { closeSaveSheet, openSaveSheet } from '../../things/collections/save-sheet.ts'
import { savePost, saving } from '../../things/post/save-post.ts'

const ben = meNamed('ben')
beforeAll(async () => {
  await Promise.all([
    import('./SavedScreen.tsx'),
    import('./CollectionScreen.tsx'),
    import('./CollectionMenu.tsx'),
    import('./PeopleOfCollection.tsx'),
    import('../../things/collections/SaveSheet.tsx'),
    import('../../things/collections/NewCollection.tsx'),
    import('../../ui/ConfirmPanel.tsx'),
  ])
}, 120_000)

afterEach(closeSaveSheet)

const post = apiPost('p1')
const whole = (name: string, fields: Partial<ReturnType<typeof apiCollection>> = {}) => ({
  ...apiCollection(name, fields),
  members: fields.is_shared ? [userNamed('cleo')] : [],
})

describe('the saved page', () => {
  it('shows collections as tiles, then all that is saved', async () => {
    const doors = apiCollection('Doors', { cover: [mediaOf('a'), mediaOf('b')], is_shared: true })
    fakeApi({
      'collections.list': async () => page([doors, apiCollection('Light')]),
      'feed.saved': async () => page([post]),
    })
    await renderRoute('/saved', { me: ben })
    const tiles = within(await screen.findByRole('region', { name: 'Collections' }))
    const links = await tiles.findAllByRole('link')
    expect(links.map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
      ['Doors, shared', '/saved/c-Doors'],
      ['Light', '/saved/c-Light'],
    ])
    const all = within(await screen.findByRole('region', { name: 'All saved' }))
    expect((await all.findAllByRole('link')).map((link) => link.getAttribute('href'))).toEqual(['/p/p1'])
  })

  it('makes a collection, which is there at once', async () => {
    const api = fakeApi({
      'collections.list': async () => page([]),
      'feed.saved': async () => page([]),
      'collections.create': async () => whole('Fog'),
    })
    const { user } = await renderRoute('/saved', { me: ben })
    await user.click(await screen.findByRole('button', { name: 'New collection' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'New collection' }))
    await user.type(dialog.getByLabelText('Name'), ' Fog {Enter}')
    expect(await screen.findByRole('link', { name: 'Fog' })).toBeDefined()
    expect(api.collections.create).toHaveBeenCalledWith({ body: { name: 'Fog' } })
    expect(screen.queryByRole('dialog')).toBeNull()
  })

  it('shows what is saved also where collections cannot be read', async () => {
    fakeApi({
      'collections.list': () => Promise.reject(new TintypeError('internal')),
      'feed.saved': async () => page([post]),
    })
    await renderRoute('/saved', { me: ben })
    expect(await screen.findByRole('button', { name: 'Try again' })).toBeDefined()
    expect(await screen.findByRole('list', { name: 'Saved' })).toBeDefined()
  })
})

describe('the sheet', () => {
  async function sheetOf(answers: Parameters<typeof fakeApi>[0] = {}) {
    const api = fakeApi({
      'feed.saved': async () => page([]),
      'collections.list': async () => page([apiCollection('Doors'), apiCollection('Light')]),
      'collections.ofPost': async () => ({ collection_ids: ['c-Light' as CollectionId] }),
      ...answers,
    })
    const view = await renderRoute('/saved', { me: ben, seed: () => ingestPosts([post]) })
    openSaveSheet(post.post_id)
    const sheet = within(await screen.findByRole('dialog', { name: 'Save to collection' }))
    const saved = () => entities.get('posts', post.post_id)?.viewer.saved
    return { ...view, api, sheet, saved }
  }

  it('puts a post in at once, which saves it, and takes it out', async () => {
    const answer = later<{ collected: boolean }>()
    const { user, api, sheet, saved } = await sheetOf({
      'collections.addPost': () => answer.promise,
      'collections.removePost': async () => ({ collected: false }),
    })
    await user.click(await sheet.findByRole('button', { name: 'Doors', pressed: false }))
    expect(sheet.getByRole('button', { name: 'Doors', pressed: true })).toBeDefined()
    expect(saved()).toBe(true)
    answer.resolve({ collected: true })
    await user.click(sheet.getByRole('button', { name: 'Light', pressed: true }))
    expect(await sheet.findByRole('button', { name: 'Light', pressed: false })).toBeDefined()
    const params = { collection_id: 'c-Light', post_id: 'p1' }
    await waitFor(() => expect(api.collections.removePost).toHaveBeenCalledWith({ params }))
    expect(saved()).toBe(true)
  })

  it('takes it back where the server refuses', async () => {
    const { user, sheet, saved } = await sheetOf({
      'collections.addPost': () => Promise.reject(new TintypeError('not_found')),
    })
    await user.click(await sheet.findByRole('button', { name: 'Doors' }))
    expect(await screen.findByText(new TintypeError('not_found').message)).toBeDefined()
    expect(await sheet.findByRole('button', { name: 'Doors', pressed: false })).toBeDefined()
    expect(saved()).toBe(false)
  })

  it('begins a collection with the post', async () => {
    const { user, api, sheet, saved } = await sheetOf({ 'collections.create': async () => whole('Fog') })
    await user.click(await sheet.findByRole('button', { name: 'New collection' }))
    await user.type(sheet.getByLabelText('Name'), 'Fog')
    await user.click(sheet.getByRole('button', { name: 'Create' }))
    expect(await screen.findByText('Saved to “Fog”')).toBeDefined()
    expect(api.collections.create).toHaveBeenCalledWith({ body: { name: 'Fog', post_id: 'p1' } })
    expect(saved()).toBe(true)
  })

  it('says which name is not taken, and why', async () => {
    const { user, sheet } = await sheetOf({
      'collections.create': () => Promise.reject(new TintypeError('too_many_collections')),
    })
    await user.click(await sheet.findByRole('button', { name: 'New collection' }))
    await user.type(sheet.getByLabelText('Name'), 'Fog{Enter}')
    expect(await sheet.findByText(new TintypeError('too_many_collections').message)).toBeDefined()
  })

  it('is offered after saving, and not where that failed', async () => {
    fakeApi({
      'feed.saved': async () => page([]),
      'collections.list': async () => page([apiCollection('Doors')]),
      'collections.ofPost': async () => ({ collection_ids: [] }),
      'engagement.save': async () => ({ saved: true }),
    })
    const { user } = await renderRoute('/saved', { me: ben, seed: () => ingestPosts([post]) })
    await savePost(post.post_id, true)
    await user.click(await screen.findByRole('button', { name: 'Save to collection' }))
    expect(await screen.findByRole('dialog', { name: 'Save to collection' })).toBeDefined()
    await user.keyboard('{Escape}')
    fakeApi({ 'engagement.save': () => Promise.reject(new TintypeError('unavailable')) })
    entities.clear()
    ingestPosts([post])
    await savePost(post.post_id, true)
    expect(await screen.findByText(new TintypeError('unavailable').message)).toBeDefined()
    expect(screen.queryByRole('button', { name: 'Save to collection' })).toBeNull()
  })

  it('can be put into a collection when it was saved before the rest of the app was there', async () => {
    const post = apiPost('p1', 'ana')
    fakeApi({ 'feed.saved': async () => page([]), 'collections.list': async () => page([]) })
    await renderRoute('/saved', {
      me: ben,
      seed: () => {
        ingestPosts([{ ...post, viewer: { ...post.viewer, saved: true } }])
        saving.set({ post_id: post.post_id, want: true, from: null })
      },
    })
    expect(await screen.findByRole('button', { name: 'Save to collection' })).toBeDefined()
  })
})

describe('a collection’s page', () => {
  async function open(collection = whole('Doors'), answers: Parameters<typeof fakeApi>[0] = {}) {
    const api = fakeApi({
      'collections.get': async () => collection,
      'collections.posts': async () => page([post, apiPost('p2' as PostId)]),
      'collections.list': async () => page([collection]),
      'feed.saved': async () => page([]),
      ...answers,
    })
    const view = await renderRoute('/saved/c-Doors', { me: ben })
    await screen.findByRole('heading', { level: 1, name: 'Doors' })
    const choose = async (name: string) => {
      await view.user.click(screen.getByRole('button', { name: 'Options for this collection' }))
      const menu = within(await screen.findByRole('dialog', { name: 'Options for this collection' }))
      await view.user.click(menu.getByRole('button', { name }))
    }
    return { ...view, api, choose }
  }

  it('shows its posts, and is renamed', async () => {
    const { user, choose } = await open(whole('Doors'), {
      'collections.rename': async () => ({ name: 'Gates' }),
    })
    const list = within(await screen.findByRole('list', { name: 'Doors' }))
    expect(list.getAllByRole('link')).toHaveLength(2)
    await choose('Rename')
    const dialog = within(await screen.findByRole('dialog', { name: 'Rename' }))
    await user.clear(dialog.getByLabelText('Name'))
    await user.type(dialog.getByLabelText('Name'), 'Gates{Enter}')
    expect(await screen.findByRole('heading', { level: 1, name: 'Gates' })).toBeDefined()
  })

  it('is deleted after a question', async () => {
    const { user, choose, api, path } = await open(whole('Doors'), { 'collections.delete': async () => ({}) })
    await choose('Delete collection')
    const question = within(await screen.findByRole('alertdialog', { name: 'Delete this collection?' }))
    expect(api.collections.delete).not.toHaveBeenCalled()
    await user.click(question.getByRole('button', { name: 'Delete' }))
    await waitFor(() => expect(path()).toBe('/saved'))
  })

  it('is shared with somebody found by name, who is removed again', async () => {
    const members = [userNamed('cleo')]
    const { user, choose, api } = await open(whole('Doors'), {
      'collections.get': async () => ({ ...whole('Doors', { is_shared: true }), members: [...members] }),
      'search.find': async () => page(userHits('cleo', 'dora')),
      'collections.addMember': async () => {
        members.push(userNamed('dora'))
        return userNamed('dora')
      },
      'collections.removeMember': async () => {
        members.shift()
        return {}
      },
    })
    await choose('Share')
    const dialog = within(await screen.findByRole('dialog', { name: 'Share' }))
    await user.type(dialog.getByLabelText('Search people to add'), 'o')
    await user.click(await dialog.findByRole('button', { name: 'Add dora' }))
    await user.click(await dialog.findByRole('button', { name: 'Remove cleo' }))
    expect(await dialog.findByRole('button', { name: 'Remove dora' })).toBeDefined()
    await waitFor(() => expect(dialog.queryByRole('button', { name: 'Remove cleo' })).toBeNull())
    const params = { collection_id: 'c-Doors', username: 'cleo' }
    expect(api.collections.removeMember).toHaveBeenCalledWith({ params })
  })

  it('of another is left, and not ruled', async () => {
    const { user: owner } = apiPost('x', 'ana')
    const shared = whole('Doors', { is_owner: false, is_shared: true, owner })
    const { choose, api, path } = await open(shared, { 'collections.removeMember': async () => ({}) })
    expect(screen.getByText('By ana')).toBeDefined()
    await choose('Leave collection')
    await waitFor(() => expect(path()).toBe('/saved'))
    const params = { collection_id: 'c-Doors', username: 'ben' }
    expect(api.collections.removeMember).toHaveBeenCalledWith({ params })
  })

  it('says so where it is gone', async () => {
    fakeApi({ 'collections.get': () => Promise.reject(new TintypeError('not_found')) })
    await renderRoute('/saved/c-Doors', { me: ben })
    expect(await screen.findByRole('heading', { name: 'This collection is no longer here' })).toBeDefined()
  })
})
