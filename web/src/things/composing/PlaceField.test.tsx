import { QueryClientProvider } from '@tanstack/react-query'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { Place } from '@tintype/contract'
import { useState } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { createQueryClient } from '../../data/query-client.ts'
import { fakeApi } from '../../testing/fake-api.ts'
import { locate } from './locate.ts'
import { PlaceField } from './PlaceField.tsx'

type Answer = { latitude: number; longitude: number } | { code: number }

function geolocationThat(answer: Answer): Geolocation {
  const getCurrentPosition: Geolocation['getCurrentPosition'] = (found, failed) => {
    if ('code' in answer) failed?.({ ...answer, PERMISSION_DENIED: 1 } as GeolocationPositionError)
    else found({ coords: answer } as GeolocationPosition)
  }
  return { getCurrentPosition } as Geolocation
}

function Field({ onPlace }: { onPlace: (place: Place | null) => void }) {
  const [place, setPlace] = useState<Place | null>(null)
  const [client] = useState(createQueryClient)
  const handleChange = (next: Place | null) => {
    setPlace(next)
    onPlace(next)
  }
  return (
    <QueryClientProvider client={client}>
      <PlaceField value={place} onChange={handleChange} />
    </QueryClientProvider>
  )
}

const porto = { place: { name: 'Porto', lat: 41.15, lon: -8.611 }, country: 'PT', posts_count: 0 }
const station = { place: { name: 'Porto station' }, country: null, posts_count: 2 }

function open(answer: Answer = { code: 1 }) {
  fakeApi({ 'places.suggest': async () => [station, porto] })
  vi.stubGlobal('navigator', { ...navigator, geolocation: geolocationThat(answer) })
  const onPlace = vi.fn()
  render(<Field onPlace={onPlace} />)
  return { user: userEvent.setup(), onPlace }
}
const ask = () => screen.getByRole('button', { name: 'Add my current position' })

describe('the place', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('is a name, and a position only on request, to about 100 m', async () => {
    const { user, onPlace } = open({ latitude: 59.913868, longitude: -10.752245 })
    await user.type(screen.getByRole('combobox', { name: 'Place' }), 'Pier')
    expect(onPlace).toHaveBeenLastCalledWith({ name: 'Pier' })
    await user.click(ask())
    expect(onPlace).toHaveBeenLastCalledWith({ name: 'Pier', lat: 59.914, lon: -10.752 })
    expect(screen.getByText('Position attached: 59.914° N, 10.752° W')).toBeDefined()
    await user.click(screen.getByRole('button', { name: 'Remove position' }))
    expect(onPlace).toHaveBeenLastCalledWith({ name: 'Pier' })
  })

  it('asks for a name where only the position is known', async () => {
    const { user } = open({ latitude: 1, longitude: 2 })
    await user.click(ask())
    expect(screen.getByText(/Give the place a name/)).toBeDefined()
  })

  it('says why there is no position', async () => {
    const { user } = open({ code: 1 })
    await user.click(ask())
    expect(screen.getByText(/did not share your position/)).toBeDefined()
    expect(await locate(geolocationThat({ code: 2 }))).toEqual({ problem: 'unavailable' })
  })

  it('is taken from what is known, by keys or by a press, with its position', async () => {
    const { user, onPlace } = open()
    const field = screen.getByRole('combobox', { name: 'Place' })
    await user.type(field, 'Por')
    await screen.findByRole('option', { name: 'Porto station 2 posts' })
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}')
    expect(onPlace).toHaveBeenLastCalledWith(porto.place)
    expect(screen.queryByRole('listbox')).toBeNull()
    await user.type(field, 's')
    expect(onPlace).toHaveBeenLastCalledWith({ name: 'Portos' })
    await user.click(await screen.findByRole('option', { name: 'Porto station 2 posts' }))
    expect(onPlace).toHaveBeenLastCalledWith({ name: 'Porto station' })
  })

  it('stays as it is written where nothing is taken', async () => {
    const { user, onPlace } = open()
    await user.type(screen.getByRole('combobox', { name: 'Place' }), 'Por')
    await screen.findByRole('listbox', { name: 'Places' })
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('listbox')).toBeNull()
    expect(onPlace).toHaveBeenLastCalledWith({ name: 'Por' })
  })
})
