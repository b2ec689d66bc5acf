import { expect, it } from 'vitest'
import { embedCode, outward } from './outward.ts'

const url = 'https://photos.example/p/018f-7'

it('leads to other places with the link and what it is, whatever signs are in it', () => {
  const places = outward(url, 'ana: “50% & more”')
  expect(places.map(({ name }) => name)).toContain('Facebook')
  for (const { name, href } of places) {
    const to = new URL(href)
    const said = [...to.searchParams.values()].join(' ')
    expect(said, name).toContain(url)
    if (name !== 'Facebook') expect(said, name).toContain('ana: “50% & more”')
  }
})

it('gives a frame as high as the picture and what stands around it', () => {
  expect(embedCode(url, 4 / 5)).toContain(
    'src="https://photos.example/embed/018f-7" width="480" height="732"',
  )
})
